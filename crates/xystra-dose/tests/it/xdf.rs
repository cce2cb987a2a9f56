//! The conformance files of XDF against their README, when they are at hand; and files made up here.
//!
//! Stamps that the README does not print, and rates, are those of pyxdf 1.17.5 on the same files.

use std::io::Cursor;

use xystra_dose::read::{self, Clock, Reading, StreamContents, StreamRows};
use xystra_dose::source::Source;
use xystra_dose::{Error, IssueKind, Recording};

use crate::shared::bytes;

fn streams(bytes: &[u8]) -> Vec<StreamContents> {
    read::streams(Cursor::new(bytes.to_vec())).expect("the streams of a file")
}

fn stream(bytes: &[u8], number: u32) -> StreamContents {
    streams(bytes).into_iter().find(|stream| stream.number == number).expect("the stream")
}

fn rows(bytes: &[u8], number: u32, clock: Clock) -> StreamRows {
    read::rows(Cursor::new(bytes.to_vec()), number, clock).expect("rows")
}

fn open(bytes: &[u8], how: &Reading) -> Result<Box<dyn Source>, Error> {
    read::open("test.xdf", Cursor::new(bytes.to_vec()), how)
}

/// Nearly equal, one by one.
fn near(found: &[f64], expected: &[f64], within: f64) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= within, "{found}, expected {expected}");
    }
}

/// Half a unit of the sixth decimal, as the README prints stamps, and what a double adds.
const PRINTED: f64 = 0.501e-6;

mod minimal {
    use super::*;

    const STAMPS: [f64; 9] = [5.1, 5.2, 5.3, 5.4, 5.5, 5.6, 5.7, 5.8, 5.9];

    #[test]
    fn headers_say_what_the_readme_says() {
        let Some(file) = bytes("xdf/minimal.xdf") else { return };
        let found = streams(&file);
        assert_eq!(found.iter().map(|s| s.number).collect::<Vec<_>>(), [0, 46_202_862]);
        let [data, text] = found.as_slice() else { panic!("two streams") };
        assert_eq!((data.name.as_str(), data.kind.as_str(), data.format.as_str()), ("SendDataC", "EEG", "int16"));
        assert_eq!(
            (text.name.as_str(), text.kind.as_str(), text.format.as_str()),
            ("SendDataString", "StringMarker", "string")
        );
        assert_eq!((data.channel_count, text.channel_count), (3, 1));
        assert_eq!((data.samples, text.samples), (9, 9));
        near(&[data.nominal_hz, text.nominal_hz], &[10.0, 10.0], 0.0);
        assert_eq!(data.clock_offsets_s, [(6.1, -0.1), (7.1, -0.1)]);
        assert!(text.clock_offsets_s.is_empty() && data.clock_resets_s.is_empty());
    }

    #[test]
    fn values_and_deduced_stamps_are_those_of_the_readme() {
        let Some(file) = bytes("xdf/minimal.xdf") else { return };
        let found = rows(&file, 0, Clock::Own);
        near(&found.time_s, &STAMPS, 1e-9);
        near(&found.channels[0], &[192., 12., 13., 14., 15., 12., 13., 14., 15.], 0.0);
        near(&found.channels[1], &[255., 22., 23., 24., 25., 22., 23., 24., 25.], 0.0);
        near(&found.channels[2], &[238., 32., 33., 34., 35., 32., 33., 34., 35.], 0.0);
        near(&rows(&file, 46_202_862, Clock::Own).time_s, &STAMPS, 1e-9);
    }

    #[test]
    fn the_offset_counts_for_stamps_before_it_too() {
        let Some(file) = bytes("xdf/minimal.xdf") else { return };
        near(&rows(&file, 0, Clock::Common).time_s, &STAMPS.map(|t| t - 0.1), 1e-9);
        near(&rows(&file, 46_202_862, Clock::Common).time_s, &STAMPS, 1e-9);
        near(&[stream(&file, 0).effective_hz.unwrap()], &[10.0], 1e-9);
    }
}

mod clock_resets {
    use super::*;

    #[test]
    fn headers_say_what_the_readme_says() {
        let Some(file) = bytes("xdf/clock_resets.xdf") else { return };
        let (markers, data) = (stream(&file, 1), stream(&file, 2));
        assert_eq!(streams(&file).len(), 2);
        assert_eq!(
            (markers.name.as_str(), markers.format.as_str(), markers.samples),
            ("MyMarkerStream", "string", 175)
        );
        assert_eq!((data.name.as_str(), data.kind.as_str(), data.format.as_str()), ("BioSemi", "EEG", "float32"));
        assert_eq!((data.channel_count, data.samples), (8, 27_815));
        near(&[markers.nominal_hz, data.nominal_hz], &[0.0, 100.0], 0.0);
    }

    #[test]
    fn stamps_are_those_of_the_footers_and_the_tables() {
        let Some(file) = bytes("xdf/clock_resets.xdf") else { return };
        assert_eq!(stream(&file, 1).stamps_s, Some((653_153.212_188_500, 259.653_827_900)));
        assert_eq!(stream(&file, 2).stamps_s, Some((653_150.379_117, 261.926_703_300)));
        let own = rows(&file, 1, Clock::Own).time_s;
        let first = [653_153.212_188, 653_156.001_700, 653_158.235_593, 653_158.674_409, 653_161.255_786];
        near(&own[..5], &first, PRINTED);
        near(&own[170..], &[255.326_187, 255.794_242, 257.288_286, 258.881_481, 259.653_828], PRINTED);
    }

    #[test]
    fn straightened_stamps_and_values_are_those_of_the_table() {
        let Some(file) = bytes("xdf/clock_resets.xdf") else { return };
        let found = rows(&file, 2, Clock::Own);
        let first = [653_150.314_061, 653_150.324_786, 653_150.335_512, 653_150.346_237, 653_150.356_962];
        near(&found.time_s[..5], &first, PRINTED);
        near(&found.time_s[27_810..], &[261.975_481, 261.986_272, 261.997_063, 262.007_853, 262.018_644], PRINTED);
        // In thousandths, as the README prints them.
        let head = [
            [142.0, 463.0, 354.0, 220.0, 761.0, 323.0, 312.0, 861.0],
            [311.0, 740.0, 949.0, 505.0, 34.0, 518.0, 326.0, 788.0],
            [611.0, 838.0, 780.0, 767.0, 65.0, 214.0, 44.0, 238.0],
            [732.0, 318.0, 249.0, 272.0, 923.0, 575.0, 177.0, 86.0],
            [863.0, 334.0, 301.0, 645.0, 1000.0, 248.0, 664.0, 246.0],
        ];
        let tail = [
            [418.0, 359.0, 277.0, 898.0, 627.0, 562.0, 21.0, 15.0],
            [61.0, 215.0, 190.0, 46.0, 938.0, 523.0, 931.0, 481.0],
            [792.0, 337.0, 299.0, 959.0, 23.0, 603.0, 620.0, 861.0],
            [890.0, 883.0, 638.0, 113.0, 22.0, 533.0, 604.0, 743.0],
            [873.0, 64.0, 684.0, 153.0, 306.0, 123.0, 711.0, 892.0],
        ];
        let row = |at: usize| found.channels.iter().map(|channel| channel[at] * 1000.0).collect::<Vec<f64>>();
        for (at, expected) in (0..5).zip(head).chain((27_810..).zip(tail)) {
            near(&row(at), &expected, 0.501);
        }
    }

    #[test]
    fn offsets_are_those_of_the_tables() {
        let Some(file) = bytes("xdf/clock_resets.xdf") else { return };
        let starts = [
            [653_156.026_169, 653_161.027_235, 653_166.028_073, 653_171.029_007, 653_176.029_238],
            [653_156.026_144, 653_161.027_186, 653_166.028_073, 653_171.029_031, 653_176.029_199],
        ];
        let ends = [
            [244.642_270, 249.642_364, 254.642_595, 259.642_718, 264.643_002],
            [244.637_258, 249.637_401, 254.637_443, 259.638_406, 264.638_576],
        ];
        for (number, (start, end)) in (1..).zip(starts.into_iter().zip(ends)) {
            let offsets = stream(&file, number).clock_offsets_s;
            let (times, values): (Vec<f64>, Vec<f64>) = offsets.iter().copied().unzip();
            near(&times[..5], &start, PRINTED);
            near(&times[times.len() - 5..], &end, PRINTED);
            near(&values[..5], &[-652_340.284; 5], 0.000_501);
            near(&values[values.len() - 5..], &[1121.166; 5], 0.000_501);
        }
        let [first, .., last] = stream(&file, 2).clock_offsets_s.as_slice().to_vec()[..] else { panic!("offsets") };
        near(
            &[first.0, first.1, last.0, last.1],
            &[653_156.026_144_150, -652_340.283_839_850, 264.638_576_400, 1_121.165_631_900],
            1e-9,
        );
    }

    #[test]
    fn the_reset_is_found_and_the_rate_is_that_of_pyxdf() {
        let Some(file) = bytes("xdf/clock_resets.xdf") else { return };
        let data = stream(&file, 2);
        near(&[data.effective_hz.unwrap()], &[92.934_369_590_900], 1e-6);
        let (start_s, end_s) = data.ends_s.unwrap();
        near(&[start_s, end_s], &[810.029_791_760_811, 1_383.184_265_954_417], 1e-6);
        let found = rows(&file, 2, Clock::Common).time_s;
        near(&found[1..3], &[810.040_516_910_868, 810.051_242_060_925], 1e-6);
        let [(before_s, after_s)] = data.clock_resets_s[..] else { panic!("one reset: {:?}", data.clock_resets_s) };
        near(&[before_s, after_s], &[948.116_098_743_892, 1_221.994_856_940_999], 1e-6);
        let wide = found.windows(2).filter(|w| w[1] - w[0] > 1.0).count();
        assert_eq!(wide, 1);
        let markers = rows(&file, 1, Clock::Common).time_s;
        near(&markers[..2], &[812.927_904_204_815, 815.717_412_791_913], 1e-6);
        near(&markers[173..], &[1_380.047_107_153_141, 1_380.819_450_722_398], 1e-6);
        assert_eq!(stream(&file, 1).clock_resets_s.len(), 1);
    }

    #[test]
    fn without_a_force_it_is_refused_until_somebody_says_what_is_what() {
        let Some(file) = bytes("xdf/clock_resets.xdf") else { return };
        let said = open(&file, &Reading::default()).err().unwrap().to_string();
        assert!(said.contains("--stream") && said.contains("\"BioSemi\" (stream 2), 8 channels of float32"), "{said}");
        let how = Reading { stream: Some("BioSemi".into()), ..Reading::default() };
        let how = how.unit("force=N").unwrap().column("force.z=channel 3").unwrap();
        let recording = Recording::of(open(&file, &how).unwrap().as_mut()).unwrap();
        assert_eq!(recording.samples.len(), 27_815);
        near(&[recording.samples.force_n[0][2]], &[0.354], 0.000_501);
        let reset = recording.issues.iter().find(|issue| issue.kind == IssueKind::ClockReset).unwrap();
        assert!(reset.extent.start_s > 130.0 && reset.extent.duration_s() > 200.0, "{reset:?}");
    }
}

mod empty_streams {
    use super::*;

    #[test]
    fn empty_streams_have_offsets_and_no_samples() {
        let Some(file) = bytes("xdf/empty_streams.xdf") else { return };
        let mut found = streams(&file);
        found.sort_by_key(|stream| stream.number);
        let samples: Vec<(u32, u64)> = found.iter().map(|s| (s.number, s.samples)).collect();
        assert_eq!(samples, [(1, 1), (2, 0), (3, 0), (4, 10)]);
        let formats: Vec<&str> = found.iter().map(|s| s.format.as_str()).collect();
        assert_eq!(formats, ["string", "string", "float32", "int32"]);
        near(&found.iter().map(|s| s.nominal_hz).collect::<Vec<_>>(), &[0.0, 0.0, 1.0, 1.0], 0.0);
        assert_eq!(found[3].channels, ["ch:00"]);
        let times = [
            [
                91_716.691_546,
                91_721.691_770,
                91_726.692_053,
                91_731.692_211,
                91_736.692_330,
                91_741.692_493,
                91_746.692_620,
            ],
            [
                91_716.691_514,
                91_721.691_774,
                91_726.692_058,
                91_731.692_287,
                91_736.692_447,
                91_741.692_554,
                91_746.692_766,
            ],
            [
                91_716.691_530,
                91_721.691_776,
                91_726.692_048,
                91_731.692_247,
                91_736.692_367,
                91_741.692_487,
                91_746.692_694,
            ],
            [
                91_716.691_572,
                91_721.691_773,
                91_726.692_049,
                91_731.692_249,
                91_736.692_457,
                91_741.692_557,
                91_746.692_746,
            ],
        ];
        for (stream, expected) in found.iter().zip(times) {
            let (at, values): (Vec<f64>, Vec<f64>) = stream.clock_offsets_s.iter().copied().unzip();
            near(&at, &expected, PRINTED);
            near(&values, &[0.0; 7], 1e-4);
        }
        near(
            &[found[0].clock_offsets_s[0].1, found[0].clock_offsets_s[6].1],
            &[-1.889_200_211_735e-5, -3.837_950_498_564e-5],
            1e-16,
        );
    }

    #[test]
    fn samples_and_stamps_are_those_of_the_tables() {
        let Some(file) = bytes("xdf/empty_streams.xdf") else { return };
        near(&rows(&file, 1, Clock::Own).time_s, &[91_725.014_004], PRINTED);
        assert_eq!(stream(&file, 1).stamps_s, Some((91_725.014_004_246, 91_725.014_004_246)));
        let data = rows(&file, 4, Clock::Own);
        near(&data.channels[0], &[0., 1., 2., 3., 4., 5., 6., 7., 8., 9.], 0.0);
        near(&data.time_s, &std::array::from_fn::<f64, 10, _>(|i| 91_725.213_948 + i as f64), PRINTED);
        near(&rows(&file, 4, Clock::Common).time_s[..2], &[91_725.213_925_466, 91_726.213_924_646], 1e-7);
        near(&[stream(&file, 4).effective_hz.unwrap()], &[1.000_000_819_443], 1e-8);
        assert!(rows(&file, 3, Clock::Own).time_s.is_empty());
        assert!(matches!(read::rows(Cursor::new(file), 9, Clock::Own), Err(Error::WhichStream { .. })));
    }
}

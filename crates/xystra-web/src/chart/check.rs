//! What the charts' tests ask of a picture.

/// Every number of the attribute, in order.
pub(crate) fn numbers(svg: &str, attribute: &str) -> Vec<f64> {
    let begin = format!(" {attribute}=\"");
    let values = svg.split(&begin).skip(1).filter_map(|rest| rest.split('"').next());
    values.map(|value| value.parse().expect("a number")).collect()
}

/// Nothing lies outside the view box, and everything is a number.
pub(crate) fn is_sound(svg: &str) {
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    assert!(!svg.contains("style="), "{svg}");
    for element in svg.split_inclusive("</svg>") {
        let size = element.split("viewBox=\"0 0 ").nth(1).expect("a view box");
        let size: Vec<f64> =
            size.split('"').next().expect("its end").split(' ').map(|n| n.parse().expect("a number")).collect();
        for (names, most) in [(["x", "cx"], size[0]), (["y", "cy"], size[1])] {
            for value in names.iter().flat_map(|name| numbers(element, name)) {
                assert!((0.0..=most).contains(&value), "{value} is outside 0 to {most}: {element}");
            }
        }
        for point in points(element) {
            assert!((0.0..=size[0]).contains(&point.0) && (0.0..=size[1]).contains(&point.1), "{point:?} in {element}");
        }
    }
}

/// Absolute points of the lines: "M1 2L3 4".
fn points(svg: &str) -> Vec<(f64, f64)> {
    let paths = svg.split(" d=\"M").skip(1).filter_map(|rest| rest.split(['"', 'l', 'v']).next());
    let pairs = paths.flat_map(|path| path.split(['L', 'M']));
    pairs
        .filter_map(|pair| pair.split_once(' '))
        .filter_map(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?)))
        .collect()
}

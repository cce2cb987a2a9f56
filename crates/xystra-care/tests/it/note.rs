use xystra_care::note::Note;
use xystra_testkit::{RecordBuilder, START};

fn note(signed: bool) -> xystra_care::Entry<Note> {
    RecordBuilder::new("neck-pain").noted("Stiff on turning left.", signed).build().notes.remove(0)
}

#[test]
fn a_signed_note_takes_only_an_addendum() {
    let signed = note(true);
    assert!(Note::may_amend(&signed).unwrap_err().message.contains("write an addendum"));
    let addendum = Note::addendum(&signed, "It was the right side.".into(), START).unwrap();
    assert_eq!((addendum.adds_to, addendum.signed_at), (Some(signed.thread), Some(START)));
}

#[test]
fn an_unsigned_note_is_amended_instead() {
    let open = note(false);
    assert!(Note::may_amend(&open).is_ok());
    assert!(Note::addendum(&open, "More.".into(), START).unwrap_err().message.contains("not signed yet"));
}

#[test]
fn an_empty_addendum_says_nothing() {
    assert!(Note::addendum(&note(true), "  ".into(), START).is_err());
}

//! XML, a little at a time.

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use xystra_symbolic::{Expr, mathml};

/// XML that is being written to memory.
pub(super) struct Sheet(Writer<Vec<u8>>);

type Attributes<'a> = [(&'a str, &'a str)];

const MATHML: (&str, &str) = ("xmlns", "http://www.w3.org/1998/Math/MathML");

impl Sheet {
    pub(super) fn new() -> Self {
        let mut sheet = Self(Writer::new_with_indent(Vec::new(), b' ', 2));
        sheet.put(Event::Decl(quick_xml::events::BytesDecl::new("1.0", Some("UTF-8"), None)));
        sheet
    }

    /// The whole text.
    pub(super) fn text(self) -> String {
        let mut text = String::from_utf8(self.0.into_inner()).expect("only text was written");
        text.push('\n');
        text
    }

    /// An element with something inside.
    pub(super) fn element(&mut self, tag: &str, attributes: &Attributes, inside: impl FnOnce(&mut Self)) {
        self.put(Event::Start(start(tag, attributes)));
        inside(self);
        self.put(Event::End(BytesEnd::new(tag)));
    }

    /// An element with nothing inside.
    pub(super) fn empty(&mut self, tag: &str, attributes: &Attributes) {
        self.put(Event::Empty(start(tag, attributes)));
    }

    /// A list with one or more elements for each item; none when there are no items, as SBML wants it.
    pub(super) fn list<T>(&mut self, tag: &str, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        if !items.is_empty() {
            self.element(tag, &[], |sheet| items.iter().for_each(|item| each(sheet, item)));
        }
    }

    /// An element with words inside.
    pub(super) fn worded(&mut self, tag: &str, attributes: &Attributes, words: &str) {
        self.element(tag, attributes, |sheet| sheet.put(Event::Text(BytesText::new(words))));
    }

    /// An expression.
    pub(super) fn math(&mut self, expr: &Expr) {
        self.raw_math(&mathml(expr, &str::to_owned));
    }

    /// Whether a time has come.
    pub(super) fn since(&mut self, at_h: f64) {
        let time = "<csymbol encoding=\"text\" definitionURL=\"http://www.sbml.org/sbml/symbols/time\">time</csymbol>";
        self.raw_math(&format!("<apply><geq/>{time}<cn>{at_h}</cn></apply>"));
    }

    fn raw_math(&mut self, inside: &str) {
        self.element("math", &[MATHML], |sheet| sheet.put(Event::Text(BytesText::from_escaped(inside))));
    }

    fn put(&mut self, event: Event) {
        self.0.write_event(event).expect("memory takes what is written to it");
    }
}

fn start<'a>(tag: &'a str, attributes: &Attributes<'a>) -> BytesStart<'a> {
    BytesStart::new(tag).with_attributes(attributes.iter().copied())
}

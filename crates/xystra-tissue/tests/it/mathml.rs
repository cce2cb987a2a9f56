//! A small reader of content MathML, written apart from the one that writes it.

use std::collections::BTreeMap;

use roxmltree::Node;

/// Values by name, and the functions that a model defines.
#[derive(Debug, Default, Clone)]
pub(crate) struct Scope<'a> {
    pub(crate) values: BTreeMap<String, f64>,
    pub(crate) functions: BTreeMap<String, Node<'a, 'a>>,
}

/// The elements directly inside one.
pub(crate) fn inside<'a>(node: Node<'a, 'a>) -> Vec<Node<'a, 'a>> {
    node.children().filter(Node::is_element).collect()
}

/// The value of a `math` element or of what stands inside.
pub(crate) fn value(node: Node, scope: &Scope) -> f64 {
    match node.tag_name().name() {
        "math" => value(inside(node)[0], scope),
        "cn" => text(node).parse().expect("a number"),
        "ci" => *scope.values.get(text(node)).unwrap_or_else(|| panic!("no value for {}", text(node))),
        "apply" => applied(node, scope),
        other => panic!("cannot read <{other}>"),
    }
}

fn applied(node: Node, scope: &Scope) -> f64 {
    let parts = inside(node);
    let operands: Vec<f64> = parts[1..].iter().map(|part| value(*part, scope)).collect();
    match (parts[0].tag_name().name(), operands.as_slice()) {
        ("plus", all) => all.iter().sum(),
        ("times", all) => all.iter().product(),
        ("minus", [a]) => -a,
        ("minus", [a, b]) => a - b,
        ("divide", [a, b]) => a / b,
        ("power", [a, b]) => a.powf(*b),
        ("ci", all) => called(scope.functions[text(parts[0])], all, scope),
        (other, all) => panic!("cannot apply <{other}> to {} operands", all.len()),
    }
}

fn called(lambda: Node, operands: &[f64], scope: &Scope) -> f64 {
    let parts = inside(lambda);
    let (body, names) = parts.split_last().expect("a function has a body");
    let names = names.iter().map(|name| text(inside(*name)[0]).to_owned());
    let inner = Scope { values: names.zip(operands.iter().copied()).collect(), functions: scope.functions.clone() };
    value(*body, &inner)
}

fn text<'a>(node: Node<'a, 'a>) -> &'a str {
    node.text().unwrap_or_default().trim()
}

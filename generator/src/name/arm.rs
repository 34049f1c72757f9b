//! The name of a union and that of an arm in, the arm's name without what the union says already out.
//!
//! Nothing of this looks at the other arms: one that comes moves none.

/// Words that say of a union no more than that it is one, or where it stands.
const EMPTY: [&str; 16] = [
    "any", "base", "body", "data", "input", "item", "kind", "model", "object", "of", "one", "request", "response",
    "type", "union", "value",
];

/// `arm` without the words of `union` before or behind it: `UpdateLoginFlowWithPassword` of `UpdateLoginFlowBody` is
/// `WithPassword`, `UserCreatedEvent` of `AnyEvent` is `UserCreated`; nothing where it does not have them, or nothing else.
pub(super) fn own(union: &[String], arm: &[String]) -> Option<Vec<String>> {
    let said = core(union);
    if said.is_empty() {
        return None;
    }
    let rest = arm.strip_prefix(said).or_else(|| arm.strip_suffix(said))?;
    let first = rest.first()?;
    (first.starts_with(char::is_alphabetic) && !core(rest).is_empty()).then(|| rest.to_vec())
}

/// `words` without the empty ones at both ends.
fn core(words: &[String]) -> &[String] {
    let says = |word: &String| !EMPTY.contains(&word.as_str());
    let start = words.iter().position(says).unwrap_or(words.len());
    let end = words.iter().rposition(says).map_or(start, |last| last + 1);
    words.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::own;
    use crate::name::words::words;

    #[test]
    fn what_the_union_says_falls_away() {
        let arms = [
            (
                "UpdateLoginFlowBody",
                "UpdateLoginFlowWithPassword",
                Some("With Password"),
            ),
            ("Event", "UserCreatedEvent", Some("User Created")),
            ("AnyEvent", "UserCreatedEvent", Some("User Created")),
            ("PaymentMethod", "PaymentMethodCard", Some("Card")),
            ("Pet", "Cat", None),
            ("Pet", "Pet", None),
            ("Pet", "Pet_2", None),
            ("Pet", "PetValue", None),
            ("PetItem", "PetsItem", None),
            ("Value", "TextValue", None),
        ];
        for (union, arm, expected) in arms {
            assert_eq!(own(&words(union), &words(arm)), expected.map(words), "{arm} of {union}");
        }
    }
}

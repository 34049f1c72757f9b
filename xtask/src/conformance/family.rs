//! What the command line says of families in, which scenarios and files belong to them out.

use crate::exit::Failure;

/// The families that are wanted; none are all.
#[derive(Debug)]
pub(super) struct Families {
    wanted: Vec<String>,
}

impl Families {
    pub(super) fn of(arguments: &[String]) -> Self {
        let wanted = arguments.iter().map(|family| plain(family)).collect();
        Self { wanted }
    }

    pub(super) fn are_all(&self) -> bool {
        self.wanted.is_empty()
    }

    /// No scenario is called so.
    pub(super) fn unknown(&self) -> Failure {
        Failure::usage(format!("no scenario is called like {}", self.wanted.join(", ")))
    }

    /// Whether a scenario is wanted.
    pub(super) fn have(&self, scenario: &str) -> bool {
        let scenario = plain(scenario);
        self.are_all() || self.wanted.iter().any(|family| scenario.starts_with(family))
    }

    /// Whether a file, which is called like the scenarios in it begin, may have one that is wanted.
    pub(super) fn touch(&self, file: &str) -> bool {
        let file = plain(file);
        self.are_all()
            || self
                .wanted
                .iter()
                .any(|family| file.starts_with(family) || family.starts_with(&file))
    }
}

/// `Type_Array`, `type_array` and `typeArray` are one.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|letter| *letter != '_')
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Families;

    #[test]
    fn a_family_is_how_names_begin() {
        let families = Families::of(&["special_words".to_owned(), "Type_Array".to_owned()]);
        assert!(families.have("SpecialWords_Models_and"));
        assert!(families.have("Type_Array_Int32Value_get"));
        assert!(!families.have("Type_Dictionary_Int32Value_get"));
        assert!(!families.are_all());
    }

    #[test]
    fn a_file_may_have_less_or_more_than_a_family() {
        assert!(Families::of(&["Type".to_owned()]).touch("type_array"));
        assert!(Families::of(&["Type_Array_Int32Value".to_owned()]).touch("type_array"));
        assert!(!Families::of(&["Type_Array".to_owned()]).touch("type_scalar"));
        assert!(Families::of(&[]).touch("type_scalar"));
    }
}

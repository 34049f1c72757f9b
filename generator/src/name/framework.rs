//! An id in, what its author wrote of it out: frameworks put names of classes before it, and methods and numbers behind it.

/// What a framework puts before the author's word, up to the separator.
///
/// NestJS: `UsersController_findAll`. LoopBack: `PetController.find`. gRPC's gateway: `PetService_ListPets`.
const CLASSES: [&str; 3] = ["Controller", "Resource", "Service"];

/// `id` without what a framework adds.
///
/// Spring's springfox writes `getUserUsingGET_1`, springdoc `getUser_2`: the number tells methods of different classes apart.
pub(super) fn bare(id: &str) -> &str {
    without_method(without_number(without_class(id)))
}

fn without_class(id: &str) -> &str {
    let Some((class, rest)) = id.split_once(['_', '.']) else {
        return id;
    };
    let is_class = CLASSES
        .iter()
        .any(|end| class.len() > end.len() && class.ends_with(end));
    if is_class && rest.starts_with(char::is_alphabetic) {
        rest
    } else {
        id
    }
}

fn without_number(id: &str) -> &str {
    match id.rsplit_once('_') {
        Some((rest, number))
            if rest.ends_with(char::is_alphabetic)
                && !number.is_empty()
                && number.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            rest
        }
        Some(_) | None => id,
    }
}

fn without_method(id: &str) -> &str {
    match id.rsplit_once("Using") {
        Some((rest, method))
            if !rest.is_empty() && !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase()) =>
        {
            rest
        }
        Some(_) | None => id,
    }
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn what_frameworks_add_falls_away() {
        let ids = [
            ("UsersController_findAll", "findAll"),
            ("PetController.find", "find"),
            ("PetService_ListPets", "ListPets"),
            ("getUserUsingGET_1", "getUser"),
            ("getUserUsingGET", "getUser"),
            ("getUser_2", "getUser"),
            ("Pets_List", "Pets_List"),
            ("list-pets", "list-pets"),
            ("list_items_items_get", "list_items_items_get"),
            ("Controller_find", "Controller_find"),
            ("read_v1_2", "read_v1_2"),
            ("UsersController_", "UsersController_"),
            ("_1", "_1"),
            ("UsingGET", "UsingGET"),
        ];
        for (id, expected) in ids {
            assert_eq!(bare(id), expected);
        }
    }
}

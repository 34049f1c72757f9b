//! An id in, what its author wrote of it out: frameworks put names of classes before it, and paths, methods and numbers
//! behind it.

/// What is known of an operation beside its id.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request<'a> {
    /// The method of HTTP, in capitals.
    pub(super) method: &'a str,
    /// The path as the document has it.
    pub(super) template: &'a str,
}

/// What a rule leaves of an id; nothing where the id is none of its framework's.
type Rule = fn(&str, Request) -> Option<String>;

/// The rules, in the order in which they are applied, by whose ids they are.
const RULES: [(&str, Rule); 9] = [
    ("AWS", with_method_before),
    ("FastAPI", with_path_and_method),
    ("Flask-RESTX", with_resource),
    ("HubSpot", with_request_before),
    ("JAX-RS", with_method),
    ("NestJS, LoopBack, gRPC's gateway, JAX-RS", with_class),
    ("springfox and springdoc", with_number),
    ("springfox", with_using),
    (".NET", with_joined_parameters),
];

/// `id` without what a framework adds.
pub(super) fn bare(id: &str, request: Request) -> String {
    RULES
        .iter()
        .fold(id.to_owned(), |id, (_, rule)| rule(&id, request).unwrap_or(id))
}

/// `POST_AssumeRole` and `GET_AssumeRole` of `/#Action=AssumeRole`: one action that is called in two ways, of which GET takes
/// no more than fits in an address.
fn with_method_before(id: &str, request: Request) -> Option<String> {
    let name = id.strip_prefix(request.method)?.strip_prefix('_')?;
    let is_action = request.template.split_once("#Action=")?.1 == name;
    let by = if request.method == "GET" { "_by_get" } else { "" };
    is_action.then(|| format!("{name}{by}"))
}

/// `list_items_items_get` of `GET /items`: everything in the path that is no letter, digit or `_` is a `_`.
fn with_path_and_method(id: &str, request: Request) -> Option<String> {
    let is_word = |char: char| char.is_alphanumeric() || char == '_';
    let path = request
        .template
        .chars()
        .map(|char| if is_word(char) { char } else { '_' });
    let end = format!("{}_{}", path.collect::<String>(), request.method.to_lowercase());
    let name = id.strip_suffix(&end).filter(|_| request.template.starts_with('/'))?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// `post_connections_resource` of `POST /connections`: the class is called after what it is.
fn with_resource(id: &str, request: Request) -> Option<String> {
    let method = request.method.to_lowercase();
    let name = id.strip_suffix("_resource").or_else(|| id.strip_suffix("_resources"))?;
    let is_class = name.strip_prefix(&method)?.starts_with('_');
    (is_class && !request.template.to_lowercase().contains("resource")).then(|| name.to_owned())
}

/// `post-/crm/v3/objects/tickets/batch/create_create`: the server's own path may stand before the operation's.
fn with_request_before(id: &str, request: Request) -> Option<String> {
    let path = id.strip_prefix(&request.method.to_lowercase())?.strip_prefix('-')?;
    let name = path.starts_with('/').then(|| path.split_once(request.template))??.1;
    Some(name.trim_start_matches('_').to_owned())
}

/// What a class that has operations is called at the end.
const CLASSES: [&str; 4] = ["Api", "Controller", "Resource", "Service"];

/// `UsersController_findAll`, `PetController.find`, `PetService_ListPets`, `AddonPropertiesResource.get`.
fn with_class(id: &str, _: Request) -> Option<String> {
    let (class, name) = id.split_once(['_', '.'])?;
    let is_class = CLASSES
        .iter()
        .any(|end| class.len() > end.len() && class.ends_with(end));
    (is_class && name.starts_with(char::is_alphabetic)).then(|| name.to_owned())
}

/// The words of a tag that is a class of Spring or `LoopBack`: `user-controller`, `PetController`.
pub(super) fn without_controller(mut words: Vec<String>) -> Vec<String> {
    if words.len() > 1 && words.last().is_some_and(|last| last == "controller") {
        words.pop();
    }
    words
}

/// `getUserUsingGET_1`, `getUser_2`, `getUser_2_1`: methods of different classes are told apart.
fn with_number(id: &str, _: Request) -> Option<String> {
    let mut name = id;
    while let Some((rest, number)) = name.rsplit_once('_') {
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
        name = rest;
    }
    (name.len() < id.len() && name.ends_with(char::is_alphabetic)).then(|| name.to_owned())
}

/// `getUserUsingGET`.
fn with_using(id: &str, _: Request) -> Option<String> {
    let (name, method) = id.rsplit_once("Using")?;
    let is_method = !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase());
    (is_method && !name.is_empty()).then(|| name.to_owned())
}

/// `AddonPropertiesResource.putAddonProperty_put`: resources that take several methods.
fn with_method(id: &str, request: Request) -> Option<String> {
    let name = id.strip_suffix(&request.method.to_lowercase())?.strip_suffix('_')?;
    let (class, own) = name.split_once('.')?;
    (class.ends_with("Resource") && !own.is_empty()).then(|| name.to_owned())
}

/// `Account_GetByaccountCd` of `/account/{accountCd}`: what parameters are called stands side by side behind the `By`.
fn with_joined_parameters(id: &str, request: Request) -> Option<String> {
    let parameters = request
        .template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next());
    let parameters: Vec<&str> = parameters.collect();
    let joined = parameters.concat();
    let name = id.strip_suffix(&joined)?.strip_suffix("By")?;
    let is_joined = !name.is_empty() && joined.starts_with(char::is_lowercase);
    is_joined.then(|| format!("{name}_by_{}", parameters.join("_and_")))
}

#[cfg(test)]
mod tests {
    use super::{Request, bare};

    #[test]
    fn what_frameworks_add_falls_away() {
        let ids = [
            ("AWS", "POST /#Action=AssumeRole", "POST_AssumeRole", "AssumeRole"),
            ("AWS", "GET /#Action=AssumeRole", "GET_AssumeRole", "AssumeRole_by_get"),
            ("AWS", "GET /#Action=AssumeRole", "GET_Role", "GET_Role"),
            ("AWS", "POST /roles", "POST_roles", "POST_roles"),
            ("FastAPI", "GET /items/", "list_items_items__get", "list_items"),
            (
                "FastAPI",
                "GET /items/{item_id}",
                "read_item_items__item_id__get",
                "read_item",
            ),
            ("FastAPI", "GET /", "root__get", "root"),
            ("FastAPI's, made by hand", "GET /items", "_items_get", "_items_get"),
            ("NestJS", "GET /users", "UsersController_findAll", "findAll"),
            ("NestJS", "GET /users", "UsersController_", "UsersController_"),
            (
                "NestJS's, made by hand",
                "GET /users",
                "Controller_find",
                "Controller_find",
            ),
            ("LoopBack", "GET /pets", "PetController.find", "find"),
            ("gRPC's gateway", "GET /pets", "PetService_ListPets", "ListPets"),
            ("springfox", "GET /user", "getUserUsingGET", "getUser"),
            ("springfox", "GET /user", "getUserUsingGET_1", "getUser"),
            ("springfox's, made by hand", "GET /user", "UsingGET", "UsingGET"),
            ("springdoc", "GET /user", "getUser_2", "getUser"),
            ("springdoc", "GET /user", "getUser_2_1", "getUser"),
            ("springdoc's, made by hand", "GET /user", "_1", "_1"),
            ("a version", "GET /user", "read_v1_2", "read_v1_2"),
            (".NET", "GET /pets", "Pets_List", "Pets_List"),
            (
                ".NET",
                "GET /account/{accountCd}",
                "Account_GetByaccountCd",
                "Account_Get_by_accountCd",
            ),
            (
                ".NET",
                "PUT /kits/{kitID}/{revID}",
                "Kits_PutBykitIDrevID",
                "Kits_Put_by_kitID_and_revID",
            ),
            (".NET's, made by hand", "GET /pet/{Id}", "getPetById", "getPetById"),
            ("huma", "GET /pets", "list-pets", "list-pets"),
            (
                "Flask-RESTX",
                "POST /connections",
                "post_connections_resource",
                "post_connections",
            ),
            (
                "Flask-RESTX",
                "GET /a/{id}",
                "get_integration_resources",
                "get_integration",
            ),
            (
                "Flask-RESTX's, made by hand",
                "GET /users/{id}/resources",
                "get_user_resources",
                "get_user_resources",
            ),
            (
                "HubSpot",
                "POST /a/batch/create",
                "post-/a/batch/create_create",
                "create",
            ),
            ("HubSpot", "GET /{appId}", "get-/crm/v3/cards/{appId}", ""),
            (
                "Stripe",
                "GET /v1/customers/{customer}",
                "GetCustomersCustomer",
                "GetCustomersCustomer",
            ),
            ("JAX-RS", "PUT /a/{key}", "AddonResource.putAddon_put", "putAddon"),
            ("JAX-RS", "POST /a", "AddonResource.search_post", "search"),
            ("JAX-RS's, made by hand", "POST /a", "chat_post", "chat_post"),
        ];
        for (framework, request, id, expected) in ids {
            let (method, template) = request.split_once(' ').unwrap();
            assert_eq!(bare(id, Request { method, template }), expected, "{framework}");
        }
    }
}

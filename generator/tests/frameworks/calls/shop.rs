//! Calls of every operation of the shop in, what the running server made of them out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(deprecated, reason = "the shop calls a note deprecated; it is sent all the same")]

use client::Client;
use client::api::files::UploadForm;
use client::api::items::{CreateError, CreateResponse, ListError};
use client::models::{
    BodyTokenTokenPost, BodyTwoPetsByPost, Cat, Colour, Dog, DogKind, ItemOutput, ItemOutputBoth,
    ItemOutputPet, ItemsDeleteItemId, ItemsUpdateBody, MoneyInput, MoneyInputAmount, NewItem, NewItemWhen,
    PetsListResponse,
};
use client::prelude::{Maybe, Upload, Uuid};

const ID: Uuid = Uuid::from_u128(0x1234);

fn client() -> Client {
    let server = std::env::var("SERVER").expect("the server's URL");
    let builder = Client::builder().base_url(server);
    let builder = builder
        .oauth2_password_bearer("o")
        .api_key_header("k")
        .http_bearer("four");
    builder.build().unwrap()
}

/// Everything that the shop's item has.
fn assert_full(item: &ItemOutput) {
    assert_eq!(item.tags.as_deref(), Some(&["new".to_owned()][..]));
    assert_eq!(item.colour, Maybe::Value(Colour::DeepBlue));
    assert_eq!(item.sizes.as_ref().unwrap()["box"].width, 1.5);
    assert_eq!(shown(&item.made), "2024-02-29");
    assert_eq!(item.sold_at, Maybe::Null);
    assert_eq!(item.lasts, Maybe::Value("P1DT2H".to_owned()));
    let Maybe::Value(ItemOutputPet::Dog(dog)) = &item.pet else {
        panic!("a dog: {:?}", item.pet);
    };
    assert_eq!((&dog.kind, dog.good), (&DogKind::Puppy, Some(false)));
    assert_eq!(item.both, Some(ItemOutputBoth::Text("two".to_owned())));
    assert_eq!(item.maybe, Some(vec![Some(1), None, Some(3)]));
    assert_eq!(item.anything.as_ref().unwrap()["deep"][0], 1);
    let Maybe::Value(tree) = &item.tree else {
        panic!("a tree");
    };
    assert_eq!(tree.children.as_ref().unwrap()[0].name, "leaf");
    assert_eq!(item.flags.as_ref().unwrap()["red"], true);
}

/// What is there, as text.
fn shown<T: std::fmt::Display>(value: &Maybe<T>) -> String {
    match value {
        Maybe::Value(value) => value.to_string(),
        Maybe::Null => "null".to_owned(),
        Maybe::Absent => "absent".to_owned(),
    }
}

#[tokio::test]
async fn list() {
    let page = client().items().list().await.unwrap();
    assert_eq!((page.items.len(), &page.next_cursor, page.total), (0, &Maybe::Null, 20));
    let colours = [Colour::DeepBlue, Colour::Red];
    let page = client()
        .items()
        .list()
        .cursor(Some("a b"))
        .limit(7)
        .colour(Some(&colours))
        .since(Some("2024-02-29T12:00:00Z".parse().unwrap()))
        .x_trace(Some("trace"))
        .session(Some("s"))
        .await
        .unwrap();
    assert_eq!((shown(&page.next_cursor).as_str(), page.total), ("a b", 7));
    let found: Vec<_> = page
        .items
        .iter()
        .map(|item| (item.name.as_str(), item.colour.clone()))
        .collect();
    assert_eq!(found, colours.map(|colour| ("trace", Maybe::Value(colour))));
    assert_eq!(shown(&page.items[0].sold_at), "2024-02-29T12:00:00Z");
    assert_eq!(page.items[0].note, Maybe::Value("s".to_owned()));
    let error = client().items().list().cursor(Some("nowhere")).await.unwrap_err();
    assert!(matches!(error.body().unwrap(), ListError::NotFound(problem) if problem.title == "no such page"));
    let error = client().items().list().limit(101).await.unwrap_err();
    let Some(ListError::UnprocessableContent(error)) = error.body() else {
        panic!("beyond the limit: {error:?}");
    };
    assert_eq!(error.detail.as_ref().unwrap()[0].r#type, "less_than_equal");
}

#[tokio::test]
async fn create() {
    let price = MoneyInput::new(MoneyInputAmount::Text("0.10".to_owned()), "EUR");
    let new = NewItem::new("new").price(price);
    let CreateResponse::Created(item) = client().items().create(&new).await.unwrap() else {
        panic!("created");
    };
    assert_eq!((item.name.as_str(), item.price.amount.as_str()), ("new", "0.10"));
    assert_eq!(item.additional_properties["extra"], "o");
    assert_full(&item);
    let when = NewItemWhen::DateTime("2024-02-29T12:00:00Z".parse().unwrap());
    let known = client()
        .items()
        .create(&NewItem::new("known").when(when))
        .await
        .unwrap();
    assert!(
        matches!(&known, CreateResponse::Ok(names) if names[..2] == ["known", "o"]),
        "{known:?}"
    );
    let error = client().items().create(&NewItem::new("twice")).await.unwrap_err();
    assert!(matches!(error.body().unwrap(), CreateError::Conflict(problem) if problem.status == 409));
}

#[tokio::test]
async fn put() {
    let item = client()
        .items()
        .update(ID, &NewItem::new("put").into())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (item.id, item.name.as_str(), shown(&item.note).as_str()),
        (ID, "put", "k")
    );
    assert_full(&item);
    let names = ItemsUpdateBody::Names(vec!["a".to_owned(), "b".to_owned()]);
    let item = client().items().update(ID, &names).await.unwrap().unwrap();
    assert_eq!(item.name, "a+b");
    assert_eq!(client().items().update(ID, &names).dry(true).await.unwrap(), None);
}

#[tokio::test]
async fn delete() {
    for id in [ItemsDeleteItemId::Integer(5), ItemsDeleteItemId::Text("a b".to_owned())] {
        client().items().delete(&id).await.unwrap();
    }
}

#[tokio::test]
async fn files() {
    let file = |name: &str| Upload::from(format!("bytes of {name}")).file_name(name);
    let form = UploadForm::new(file("a"), "Title")
        .more(vec![file("b"), file("c")])
        .size(3);
    let parts = client().files().upload(ID, form).await.unwrap();
    assert_eq!(parts["item"], ID.to_string());
    assert_eq!(parts["file"][1], "bytes of a");
    assert_eq!(
        (&parts["more"][0][0], &parts["more"][1][1]),
        (&"b".into(), &"bytes of c".into())
    );
    assert_eq!((&parts["title"], &parts["size"]), (&"Title".into(), &3.into()));
    let bytes = client().files().download("ü").await.unwrap();
    assert_eq!(&bytes.collect(99).await.unwrap()[..], b"\xc3\xbc\0\xff");
}

#[tokio::test]
async fn ping() {
    assert_eq!(client().ping().await.unwrap(), "pong");
}

#[tokio::test]
async fn token() {
    let token = client()
        .token()
        .create(&BodyTokenTokenPost::new("me", "p&w d"))
        .await
        .unwrap();
    assert_eq!(
        (token["access_token"].as_str(), token["token_type"].as_str()),
        ("me:p&w d", "bearer")
    );
}

#[tokio::test]
async fn pets() {
    let pets = client().pets().list().await.unwrap();
    let [PetsListResponse::Cat(cat), PetsListResponse::Dog(dog)] = &pets[..] else {
        panic!("a cat and a dog: {pets:?}");
    };
    assert_eq!((cat.lives, dog.good), (Some(4), Some(true)));
}

#[tokio::test]
async fn two() {
    let (number, kind) = client()
        .items()
        .two(&BodyTwoPetsByPost::new(Cat::new(), 1))
        .await
        .unwrap();
    assert_eq!((number, kind.as_str()), (2, "cat"));
    let dog = Dog::new(DogKind::Puppy);
    let (number, kind) = client().items().two(&BodyTwoPetsByPost::new(dog, -2)).await.unwrap();
    assert_eq!((number, kind.as_str()), (-1, "puppy"));
}

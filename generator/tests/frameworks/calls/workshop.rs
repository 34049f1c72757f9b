//! Calls of every operation of the workshop in, what the running server made of them out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use client::runtime::AnyCall as _;
use client::Client;
use client::api::photos::AddForm;
use client::api::tools::ChangeResponse;
use client::models::{
    Change, ChangeVariant1, ChangeVariant2, ChangeVariant2Move, Drive, DriveHand, Login, NewTool, Place,
    PlaceVariant2, Purpose,
};
use client::prelude::{Maybe, Upload};

fn client() -> Client {
    let server = std::env::var("SERVER").expect("the server's URL");
    Client::builder()
        .base_url(server)
        .key("secret")
        .token("t")
        .build()
        .unwrap()
}

#[tokio::test]
async fn list() {
    let page = client().tools().list().await.unwrap();
    assert_eq!((page.items[0].id, &page.next), (20, &Maybe::Null));
    let page = client()
        .tools()
        .list()
        .purpose(&Purpose::Cut)
        .limit(7)
        .after("a b&c")
        .x_trace(Some("trace"))
        .await
        .unwrap();
    let [tool] = &page.items[..] else {
        panic!("one tool: {page:?}");
    };
    assert_eq!(
        (tool.id, tool.name.as_str(), &tool.purpose),
        (7, "trace", &Purpose::Cut)
    );
    assert_eq!(page.next, Maybe::Value("a b&c".to_owned()));
}

#[tokio::test]
async fn create() {
    let new = NewTool::new("saw", Purpose::Cut)
        .note("rusty")
        .drive(Drive::Hand(DriveHand::new(true).into()));
    let reply = client().tools().create(&new).reply().await.unwrap();
    let tool = reply.body;
    assert_eq!((tool.name.as_str(), &tool.purpose), ("saw", &Purpose::Cut));
    assert_eq!(tool.note, Maybe::Value("rusty".to_owned()));
    assert_eq!(tool.drive, new.drive);
    let error = client()
        .tools()
        .create(&NewTool::new("twice", Purpose::Cut))
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 409);
    assert_eq!(error.body().unwrap().title, "twice is too often");
}

#[tokio::test]
async fn read() {
    let tool = client().tools().read(5).await.unwrap();
    assert_eq!((tool.id, &tool.purpose), (5, &Purpose::DrillDeep));
    assert_eq!(tool.note, Maybe::Null);
    let Maybe::Value(Drive::Motor(motor)) = &tool.drive else {
        panic!("a motor: {:?}", tool.drive);
    };
    assert_eq!((motor.watts, &motor.battery), (700, &Maybe::Value(1.5)));
    let Place::Variant2(place) = &tool.place else {
        panic!("on the floor: {:?}", tool.place);
    };
    assert_eq!((place.row, place.column), (-1, 2));
    assert_eq!(tool.prices["EUR"], 1999);
    let Maybe::Value(bought) = tool.bought else {
        panic!("bought once");
    };
    assert_eq!(bought.to_string(), "2024-02-29T12:00:00Z");
    let error = client().tools().read(0).await.unwrap_err();
    assert_eq!(error.body().unwrap().status, 404);
}

#[tokio::test]
async fn change() {
    let client = client();
    let tool = async |change: Change| match client.tools().change(1, &change).await.unwrap() {
        ChangeResponse::Ok(tool) => Some(tool),
        other => {
            assert_eq!(other, ChangeResponse::NoContent);
            None
        }
    };
    let renamed = tool(Change::Variant1(ChangeVariant1::new("new").into())).await;
    assert_eq!(renamed.unwrap().name, "new");
    let place = || Place::Variant2(PlaceVariant2::new(3, 4).into());
    let to = ChangeVariant2::new(ChangeVariant2Move::new(place()));
    assert_eq!(tool(Change::Variant2(to.into())).await.unwrap().place, place());
    assert_eq!(tool(Change::Forget).await, None);
}

#[tokio::test]
async fn delete() {
    client().tools().delete(1).await.unwrap();
}

#[tokio::test]
async fn parts() {
    let whole = client().tools().read_parts(9).await.unwrap();
    assert_eq!(whole.name, "tool 9");
    assert_eq!(whole.parts.unwrap()[0].name, "screw");
    let Maybe::Value(spare) = whole.spare else {
        panic!("there is one");
    };
    assert_eq!(spare.name, "spare");
}

#[tokio::test]
async fn photos() {
    let form = AddForm::new(Upload::from("bytes").file_name("a.png"), "A saw").copies(2);
    let parts = client().photos().add(3, form).await.unwrap();
    let shown: Vec<_> = parts.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(
        shown,
        ["caption=A saw", "copies=2", "file=bytes", "file_name=a.png", "id=3"]
    );
    let photo = client().photos().read("a b/ü").await.unwrap();
    assert_eq!(
        &photo.collect(99).await.unwrap()[..],
        "a b/ü\0\u{ff}".as_bytes()[..6]
            .iter()
            .copied()
            .chain([0, 255])
            .collect::<Vec<u8>>()
    );
}

#[tokio::test]
async fn notes() {
    assert_eq!(client().notes().write("grün").await.unwrap(), "GRÜN");
    assert_eq!(client().notes().write_blob(vec![0, 1, 255]).await.unwrap(), 3);
}

#[tokio::test]
async fn session() {
    let token = client().session().log_in(&Login::new("me", "p&w d")).await.unwrap();
    assert_eq!((token.access_token.as_str(), token.expires_in), ("me:p&w d:", 60));
    let seen = client().session().read_me().theme(Some("dark")).await.unwrap();
    assert_eq!(seen, ["Bearer t", "theme=dark"]);
}

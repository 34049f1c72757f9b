//! Values of bases and heirs in, the same JSON out, each as the heir that its discriminator says.

use it::models::{
    Animal, Bush, FruitTree, Garden, GardenMaybe, GardenWoody, Kitten, Outline, Plant, Stone, Tool, Tree,
};
use it::prelude::Maybe;
use serde_json::{Value, json};

use crate::server::Server;

async fn echo(garden: &Value) -> (Garden, Value) {
    let server = Server::start();
    let client = server.client();
    server.answer("200 OK", &[], garden.to_string());
    let read = client.inheritance().garden(&Garden::new()).await.unwrap();
    server.request();
    server.answer("200 OK", &[], "{}");
    client.inheritance().garden(&read).await.unwrap();
    (read, serde_json::from_slice(&server.request().body).unwrap())
}

type Cell = (Value, fn(&Garden) -> bool);

fn is<T>(value: Option<&T>, is_it: fn(&T) -> bool) -> bool {
    value.is_some_and(is_it)
}

#[tokio::test]
async fn every_cell_of_the_matrix_is_written_as_it_was_read() {
    let bush = json!({ "sort": "BUSH", "label": "a", "thorns": true, "more": 1 });
    let tree = json!({ "sort": "TREE", "label": "b", "height": 2.5 });
    let oak = json!({ "sort": "OAK", "label": "b", "height": 20 });
    let fruit = json!({ "sort": "FRUIT_TREE", "label": "c", "height": 3, "fruit": "pear" });
    let stone = json!({ "sort": "STONE", "weight": 7 });
    let base = json!({ "sort": "Plant", "label": "d" });
    let weed = json!({ "sort": "WEED", "label": "e", "roots": [1, null] });
    let cells: Vec<Cell> = vec![
        // The base, with a mapping by pointer and by name: heirs, heirs of heirs, itself, what is no heir, what is unknown.
        (json!({ "plant": bush }), |it| is(it.plant.as_ref(), |it| matches!(it, Plant::Bush(_)))),
        (json!({ "plant": tree }), |it| is(it.plant.as_ref(), |it| matches!(it, Plant::Tree(_)))),
        (json!({ "plant": oak }), |it| is(it.plant.as_ref(), |it| matches!(it, Plant::Tree(_)))),
        (json!({ "plant": fruit }), |it| is(it.plant.as_ref(), |it| matches!(it, Plant::FruitTree(_)))),
        (json!({ "plant": stone }), |it| is(it.plant.as_ref(), |it| matches!(it, Plant::Stone(_)))),
        (json!({ "plant": base }), |it| is(it.plant.as_ref(), |it| matches!(it, Plant::Plant(_)))),
        (json!({ "plant": weed }), |it| is(it.plant.as_ref(), |it| matches!(it, Plant::Unknown(_)))),
        (json!({ "plant": { "label": "f" } }), |it| is(it.plant.as_ref(), |it| matches!(it, Plant::Unknown(_)))),
        // Lists and maps of it, and it or null.
        (json!({ "plants": [bush, tree, oak, fruit, stone, base, weed] }), |it| {
            is(it.plants.as_ref(), |all| matches!(all[3], Plant::FruitTree(_)) && matches!(all[6], Plant::Unknown(_)))
        }),
        (json!({ "named": { "x": fruit, "y": weed } }), |it| {
            is(it.named.as_ref(), |all| matches!(all["x"], Plant::FruitTree(_)))
        }),
        (json!({ "nothing": null }), |it| it.nothing.is_null()),
        (json!({ "nothing": fruit }), |it| matches!(&it.nothing, Maybe::Value(Plant::FruitTree(_)))),
        // Where an heir is named, it is that heir; what is more in an heir of it is kept.
        (json!({ "tree": tree }), |it| it.tree.is_some()),
        (json!({ "tree": fruit }), |it| is(it.tree.as_ref(), |it| it.additional_properties.contains_key("fruit"))),
        (json!({ "fruitTree": fruit }), |it| is(it.fruit_tree.as_ref(), |it| it.fruit == "pear")),
        // A union of heirs goes by the base's discriminator; one of the base and another schema by what fits.
        (json!({ "woody": bush }), |it| is(it.woody.as_ref(), |it| matches!(it, GardenWoody::Bush(_)))),
        (json!({ "woody": fruit }), |it| is(it.woody.as_ref(), |it| matches!(it, GardenWoody::FruitTree(_)))),
        (json!({ "woody": tree }), |it| is(it.woody.as_ref(), |it| matches!(it, GardenWoody::Unknown(_)))),
        (json!({ "maybe": fruit }), |it| {
            is(it.maybe.as_ref(), |it| matches!(it, GardenMaybe::Plant(plant) if matches!(**plant, Plant::FruitTree(_))))
        }),
        (json!({ "maybe": { "weight": 1 } }), |it| is(it.maybe.as_ref(), |it| matches!(it, GardenMaybe::Stone(_)))),
        // No mapping: the names of schemas.
        (json!({ "animal": { "kind": "Kitten", "lives": 9, "weeks": 3 } }), |it| {
            is(it.animal.as_ref(), |it| matches!(it, Animal::Kitten(_)))
        }),
        (json!({ "animal": { "kind": "Cat", "weeks": 3 } }), |it| {
            is(it.animal.as_ref(), |it| matches!(it, Animal::Cat(_)))
        }),
        (json!({ "animal": { "kind": "Animal" } }), |it| is(it.animal.as_ref(), |it| matches!(it, Animal::Animal(_)))),
        // A base that is none by itself: its own name is not among the values.
        (json!({ "tool": { "type": "saw", "teeth": 30 } }), |it| is(it.tool.as_ref(), |it| matches!(it, Tool::Saw(_)))),
        (json!({ "tool": { "type": "axe", "handle": "ash" } }), |it| {
            is(it.tool.as_ref(), |it| matches!(it, Tool::Axe(_)))
        }),
        (json!({ "tool": { "type": "Tool" } }), |it| is(it.tool.as_ref(), |it| matches!(it, Tool::Unknown(_)))),
        // A base that lists its heirs, and is inherited by them.
        (json!({ "shape": { "form": "Round", "radius": 0.5 } }), |it| {
            is(it.shape.as_ref(), |it| matches!(it, Outline::Round(_)))
        }),
        (json!({ "shape": { "form": "Blob", "spots": 2 } }), |it| {
            is(it.shape.as_ref(), |it| matches!(it, Outline::Unknown(_)))
        }),
    ];
    for (json, is_right) in cells {
        let (read, written) = echo(&json).await;
        assert_eq!(written, json);
        assert!(is_right(&read), "{json} is {read:?}");
    }
}

#[tokio::test]
async fn an_heir_is_sent_where_the_base_is_asked_for() {
    let cases = [
        (Plant::Bush(Bush::new("a").into()), json!({ "sort": "BUSH", "label": "a" })),
        (Plant::Tree(Tree::new("OAK", "b", 2.0).into()), json!({ "sort": "OAK", "label": "b", "height": 2 })),
        (
            Plant::FruitTree(FruitTree::new("c", 3.5, "fig").into()),
            json!({ "sort": "FRUIT_TREE", "label": "c", "height": 3.5, "fruit": "fig" }),
        ),
        (Plant::Stone(Stone::new(1).into()), json!({ "weight": 1, "sort": "STONE" })),
    ];
    for (plant, expected) in cases {
        let server = Server::start();
        server.answer("200 OK", &[], format!("[{expected}]"));
        let read = server.client().inheritance().plant(&plant).await.unwrap();
        let written: Value = serde_json::from_slice(&server.request().body).unwrap();
        assert_eq!(written, expected);
        assert!(matches!(read.as_slice(), [one] if std::mem::discriminant(one) == std::mem::discriminant(&plant)));
    }
    let kitten = Garden::new().animal(Animal::Kitten(Kitten::new().weeks(2).into()));
    let written = serde_json::to_value(kitten).unwrap();
    assert_eq!(written, json!({ "animal": { "kind": "Kitten", "weeks": 2 } }));
}

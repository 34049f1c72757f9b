//! A vector database: a collection is made and filled, and what is near is looked for in it.

use std::time::Duration;

use qdrant::models::{
    CreateCollection, Distance, FieldCondition, Filter, MatchVariant2, Point, PointsSearchBody, PointsUpsertBody, VectorParams,
};
use qdrant::{Client, prelude::*};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(std::env::var("VECTORS_KEY")?)?;

    let pictures = CreateCollection::new().vectors(VectorParams::new(3, Distance::Cosine));
    client.collections().create("pictures", &pictures).timeout(5).await?;

    let points = [
        Point::new(1, [0.1, 0.2, 0.3]).payload([("colour", "red".into())]),
        Point::new(2, [0.3, 0.2, 0.1]),
    ];
    client.points().upsert("pictures", &PointsUpsertBody::new(points)).wait(true).await?;

    let red = FieldCondition::new("colour").r#match(MatchVariant2::new(["red", "pink"]));
    let near = PointsSearchBody::new([0.1, 0.2, 0.3], 5).filter(Filter::new().must([red.into()]));
    for point in client.points().search("pictures", &near).max_attempts(2).await? {
        println!("{:?}: {}", point.id, point.score);
    }

    let known = client.collections().get("pictures").timeout(Duration::from_secs(2)).await?;
    println!("{} points, {}", known.points_count, known.status);
    client.collections().delete("pictures").await?;
    Ok(())
}

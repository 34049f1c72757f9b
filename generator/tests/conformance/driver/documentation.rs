//! Descriptions with lists and emphasis.

use documentation::{Client, models::*};

use crate::harness::{Outcome, Suite};

pub(crate) async fn run(suite: &Suite) -> Outcome {
    let suite = suite.of("Documentation_");
    let client = Client::new()?;
    let documentation = client.documentation();

    suite.takes("Lists_bulletPointsOp", documentation.lists_bullet_points_op()).await;
    let body = DocumentationListsBulletPointsModelBody::new(ListsBulletPointsModel::new(ListsBulletPointsEnum::Simple));
    suite.takes("Lists_bulletPointsModel", documentation.lists_bullet_points_model(&body)).await;
    suite.takes("Lists_numbered", documentation.lists_numbered()).await;
    suite.takes("TextFormatting_boldText", documentation.text_formatting_bold_text()).await;
    suite.takes("TextFormatting_italicText", documentation.text_formatting_italic_text()).await;
    suite.takes("TextFormatting_combinedFormatting", documentation.text_formatting_combined_formatting()).await;
    Ok(())
}

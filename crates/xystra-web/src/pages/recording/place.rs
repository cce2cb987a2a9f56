//! Where a recording belongs: session, region, plan and tool.

use std::sync::Arc;

use xystra_care::finding::label;
use xystra_care::plan::{Plan, Target};
use xystra_care::practice::Tool;
use xystra_care::session::{Application, Force, Session};
use xystra_care::{Entry, Record};
use xystra_catalog::{Range, catalog};
use xystra_dose::Options;
use xystra_store::recording::Recording;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::WebError;
use crate::pages::session::plan_of;

/// Where a recording belongs.
pub(super) struct Place {
    pub(super) record: Arc<Record>,
    pub(super) session: Entry<Session>,
    /// The application that it was attached to.
    pub(super) application: Option<Application>,
    /// What the plan asks for on that region: mean force of a stroke, N.
    pub(super) target_n: Option<Range>,
    /// The practice's tool that made it.
    pub(super) tool: Option<Tool>,
}

impl Place {
    pub(super) async fn load(app: &App, visitor: &Visitor, recording: &Recording) -> Result<Self, WebError> {
        let record = app.store().record(&visitor.scope, recording.episode).await?;
        let session = app.store().thread::<Session>(&visitor.scope, recording.session).await?;
        let is_its = |application: &&Application| application.force == Force::Measured(recording.id);
        let application = session.body.applications.iter().find(is_its).cloned();
        let plan = plan_of(app, visitor, &record, &session.body).await?;
        let target_n = application.as_ref().zip(plan).and_then(|(application, plan)| target_n(&plan, application));
        let tool = match application.as_ref().filter(|application| !application.tool.is_empty()) {
            Some(application) => tool_of(app, visitor, &application.tool).await?,
            None => None,
        };
        Ok(Self { record, session, application, target_n, tool })
    }

    /// How the whole recording is measured here.
    pub(super) fn options(&self) -> Options {
        Options { target_n: self.target_n.map(|target| (target.low, target.high)), ..Options::default() }
    }

    /// The region, by name.
    pub(super) fn region(&self) -> Option<String> {
        self.application.as_ref().map(|application| label(&application.region))
    }

    /// "The long one, GT-3, sweep".
    pub(super) fn how(&self) -> String {
        let Some(application) = &self.application else { return String::new() };
        let tool = Some(application.tool.clone()).filter(|tool| !tool.is_empty());
        let instrument = catalog().instrument(&application.instrument).map(|instrument| instrument.name.clone());
        let stroke = catalog().stroke(&application.stroke).map(|stroke| stroke.name.to_lowercase());
        [tool, instrument, stroke].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

async fn tool_of(app: &App, visitor: &Visitor, name: &str) -> Result<Option<Tool>, WebError> {
    let tools = app.store().of_practice::<Tool>(&visitor.scope).await?;
    Ok(tools.into_iter().filter(|tool| !tool.struck).map(|tool| tool.body).find(|tool| tool.name == name))
}

fn target_n(plan: &Plan, application: &Application) -> Option<Range> {
    let planned = &plan.draft().applications;
    match planned.iter().find(|planned| planned.region == application.region)?.target {
        Target::Band(band) => catalog().band(band).map(|band| band.newton),
        Target::Newton { low, high } => Some(Range { low, high }),
    }
}

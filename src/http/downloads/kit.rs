//! `GET /downloads/kit?link=…`: the kit of a set of questions as a page to print. It loads nothing and runs nothing.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
    },
    web::{Data, Query},
};

use crate::{
    app::exports::{self, Taken},
    http::{
        downloads::{
            Followed, Opened, Problem, opened,
            page::{content_security_policy, page_of},
        },
        requests::request_id,
        state::State,
    },
    store::StoreError,
    views::question_sets::{KitOrder, kits_of},
};

pub(in crate::http) async fn kit(
    request: HttpRequest,
    followed: Option<Query<Followed>>,
    state: Data<State>,
) -> HttpResponse {
    let id = request_id(&request);
    match page(&request, &Followed::link(followed), &state, &id).await {
        Ok(page) => answer(page),
        Err(problem) => problem.answer(&id),
    }
}

/// The kit, if the set is the viewer's to see today. It is audited before it is handed out: rubrics leave by it.
async fn page(request: &HttpRequest, link: &str, state: &State, id: &str) -> Result<String, Problem> {
    let Opened { scope, order, turn } = opened::<KitOrder>(request, link, state).await?;
    let set = order.question_set_id;
    let kit = kits_of(&state.store, &scope, &[set]).await?.remove(&set).ok_or(Problem::Nothing)?;
    let page = page_of(&kit).map_err(|error| StoreError::Fault(format!("a kit was not written: {error}")))?;
    exports::taken(&state.store, scope.viewer(), scope.now(), Taken::kit(set), id.to_owned()).await?;
    drop(turn);
    Ok(page)
}

fn answer(page: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_SECURITY_POLICY, content_security_policy()))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((X_FRAME_OPTIONS, "DENY"))
        .insert_header((REFERRER_POLICY, "no-referrer"))
        .body(page)
}

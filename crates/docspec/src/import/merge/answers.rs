//! Bodies and answers.

use super::fields::stripped_schema;
use super::{At, Merger};
use crate::page::{Media, Operation, RequestBody, Response, ResponseWithoutStatus};

/// What is said of an answer that a capture shows without a status.
const WITHOUT_STATUS: &str = "An answer that the page shows without its status.";

impl Merger<'_, '_> {
    pub(super) fn request_body(
        &mut self,
        ours: Option<&RequestBody>,
        theirs: &Operation,
    ) -> Option<RequestBody> {
        match (ours, &theirs.request_body) {
            (Some(ours), Some(theirs)) => {
                let keep = self.is_foreign(&ours.source);
                // A body of which something is assumed is not stated to be optional.
                let required =
                    theirs.required || (theirs.assumed.is_some() || keep) && ours.required;
                Some(RequestBody {
                    required,
                    content: self.content("request", &ours.content, &theirs.content, keep),
                    ..ours.clone()
                })
            }
            (Some(ours), None) => self.is_foreign(&ours.source).then(|| ours.clone()),
            (None, Some(theirs)) => {
                let mut added = theirs.clone();
                added.description = None;
                added.source.origin.clone_from(&self.origin);
                for media in &mut added.content {
                    self.strip(media);
                }
                Some(added)
            }
            (None, None) => None,
        }
    }

    fn strip(&self, media: &mut Media) {
        media.example = None;
        media.schema = stripped_schema(&media.schema, self.origin.as_deref());
    }

    fn content(&mut self, key: &str, ours: &[Media], theirs: &[Media], keep: bool) -> Vec<Media> {
        if theirs.is_empty() {
            return if keep { ours.to_vec() } else { Vec::new() };
        }
        let single = ours.len() == 1 && theirs.len() == 1;
        let mut merged = Vec::new();
        for media in ours {
            let found = theirs
                .iter()
                .position(|it| it.media_type == media.media_type || single);
            match found {
                Some(index) => {
                    let theirs = &theirs[index];
                    let key = match index {
                        0 => key.to_owned(),
                        _ => format!("{key} {}", super::fields::escaped(&theirs.media_type)),
                    };
                    let at = At {
                        key,
                        keep,
                        guessed: false,
                    };
                    merged.push(Media {
                        media_type: theirs.media_type.clone(),
                        schema: self.schema(&media.schema, &theirs.schema, &at),
                        example: media.example.clone(),
                    });
                }
                None if keep => merged.push(media.clone()),
                None => {}
            }
        }
        for media in theirs {
            if !merged.iter().any(|it| it.media_type == media.media_type) {
                let mut added = media.clone();
                self.strip(&mut added);
                merged.push(added);
            }
        }
        merged
    }

    pub(super) fn responses(&mut self, ours: &[Response], theirs: &[Response]) -> Vec<Response> {
        let mut merged: Vec<Response> = Vec::new();
        for response in ours {
            let found = theirs
                .iter()
                .find(|it| it.status == response.status)
                .or_else(|| stated(response, ours, theirs));
            match found {
                Some(theirs) => merged.push(self.response(response, theirs)),
                None if self.is_foreign(&response.source) => merged.push(response.clone()),
                None => {}
            }
        }
        for (index, response) in theirs.iter().enumerate() {
            if merged.iter().any(|it| it.status == response.status) {
                continue;
            }
            let mut added = response.clone();
            added.description = None;
            added.source.origin.clone_from(&self.origin);
            added.headers = added
                .headers
                .iter()
                .map(|header| super::stripped(header, self.origin.as_deref()))
                .collect();
            for media in &mut added.content {
                self.strip(media);
            }
            let after = theirs[..index]
                .iter()
                .rev()
                .find_map(|before| merged.iter().position(|it| it.status == before.status));
            merged.insert(after.map_or(0, |at| at + 1), added);
        }
        merged
    }

    fn response(&mut self, ours: &Response, theirs: &Response) -> Response {
        let keep = self.is_foreign(&ours.source);
        let key = format!("response {}", theirs.status);
        // A layout that prints no headers says nothing about them.
        let headers = if theirs.headers.is_empty() {
            ours.headers.clone()
        } else {
            self.fields(&format!("{key} header"), &ours.headers, &theirs.headers)
        };
        let is_renamed = ours.status != theirs.status;
        Response {
            status: theirs.status.clone(),
            assumed: ours.assumed.clone().filter(|_| !is_renamed),
            description: ours.description.clone(),
            headers,
            content: self.content(&key, &ours.content, &theirs.content, keep),
            source: ours.source.clone(),
        }
    }

    /// As many answers without a status as the capture shows, in our words where we have any.
    pub(super) fn without_status(&self, merged: &mut Operation, theirs: &Operation) {
        let many = theirs.responses_without_status.len();
        merged.responses_without_status.truncate(many);
        for shown in &theirs.responses_without_status[merged.responses_without_status.len()..] {
            let mut source = shown.source.clone();
            source.origin.clone_from(&self.origin);
            merged.responses_without_status.push(ResponseWithoutStatus {
                description: WITHOUT_STATUS.to_owned(),
                source,
            });
        }
    }
}

/// The answer of the capture that states what ours assumes: the one success of each that the other does not have.
fn stated<'t>(
    response: &Response,
    ours: &[Response],
    theirs: &'t [Response],
) -> Option<&'t Response> {
    let is_success = |response: &Response| response.status.starts_with('2');
    let is_candidate = response.assumed.is_some() && is_success(response);
    let mut new = theirs
        .iter()
        .filter(|it| is_success(it) && !ours.iter().any(|ours| ours.status == it.status));
    let gone = ours
        .iter()
        .filter(|it| is_success(it) && !theirs.iter().any(|theirs| theirs.status == it.status))
        .count();
    new.next()
        .filter(|_| is_candidate && gone == 1)
        .filter(|_| new.next().is_none())
}

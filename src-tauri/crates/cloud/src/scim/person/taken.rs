//! Who has the name or the address that somebody else is refused for.

use crate::problem;
use crate::scim::find::Attribute;
use crate::scim::person::alone::Alone;
use crate::scim::wire::Body;
use crate::transport::http::Reply;
use connector_model::{Code, Error};

impl Alone<'_> {
    /// The refusal of a person (`409`), naming who has the user name, else the e-mail address, as far as the service
    /// tells. `but` is the person's own user.
    pub(crate) async fn taken(&self, but: Option<&str>, reply: &Reply) -> Error {
        let person = &self.item.person;
        let mut message = None;
        for (by, what, value) in [
            (Attribute::UserName, "user name", person.user_name.as_str()),
            (Attribute::Email, "e-mail address", person.email.as_str()),
        ] {
            let found = self.service.search(by, value).await.unwrap_or_default().found;
            if let Some(holder) = found.iter().find(|user| user.id.as_deref() != but) {
                let who = described(holder);
                message = Some(format!(
                    "The {what} \"{}\" is taken in the cloud by {who}.",
                    problem::shown(value)
                ));
                break;
            }
        }
        taken(message.unwrap_or_else(|| unnamed(reply)))
    }
}

fn unnamed(reply: &Reply) -> String {
    let text = "Somebody else in the cloud already has this user name or e-mail address";
    match problem::words(reply) {
        Some(words) => format!("{text} (\"{words}\")."),
        None => format!("{text}."),
    }
}

/// `"Ada Adler" (ada, inactive, externalId hr-17)`
fn described(user: &Body) -> String {
    let shown = |text: &Option<String>| text.as_deref().map(problem::shown);
    let name = shown(&user.display_name).or(shown(&user.user_name)).unwrap_or_default();
    let mut parts = vec![];
    if user.display_name.is_some() {
        parts.extend(shown(&user.user_name));
    }
    parts.extend(user.active.map(|active| if active { "active" } else { "inactive" }.to_owned()));
    parts.push(match shown(&user.external_id) {
        Some(id) => format!("externalId {id}"),
        None => "without externalId".to_owned(),
    });
    format!("\"{name}\" ({})", parts.join(", "))
}

fn taken(message: String) -> Error {
    let action = "Rename or remove the other user in the cloud, or give this person another name.";
    Error::new(Code::CloudRefused, message).with_action(action)
}

//! What PATCH does to a User.

use super::Patch;
use crate::scim::schema::{CONNECTOR, USER};
use serde_json::{Value, json};

fn ann() -> Value {
    json!({ "schemas": [USER, CONNECTOR], "userName": "ann", "active": true,
        "name": { "givenName": "Ann", "familyName": "Example" },
        "emails": [{ "value": "a@work", "type": "work", "primary": true }, { "value": "a@home", "type": "home" }],
        CONNECTOR: { "mapping": "Sales", "quotaGb": 5 } })
}

fn patched(operations: &Value) -> Result<Value, (u16, Option<&'static str>)> {
    let apply = |patch: Patch| patch.apply(ann().as_object().unwrap());
    Patch::parse(&json!({ "Operations": operations }))
        .and_then(apply)
        .map(Value::Object)
        .map_err(|error| (error.status, error.kind))
}

#[test]
fn simple_attributes() {
    let user = patched(&json!([
        { "op": "Replace", "path": "active", "value": "False" },
        { "op": "add", "path": "title", "value": "Engineer" },
        { "op": "replace", "path": "name.givenname", "value": "Anna" },
        { "op": "remove", "path": format!("{CONNECTOR}:quotaGb") },
        { "op": "add", "value": { "displayName": "Ann E.", format!("{CONNECTOR}:profile"): "P", "id": "x" } },
    ]))
    .unwrap();
    assert_eq!(user["active"], json!(false));
    assert_eq!((&user["title"], &user["displayName"]), (&json!("Engineer"), &json!("Ann E.")));
    assert_eq!(user["name"], json!({ "givenName": "Anna", "familyName": "Example" }));
    assert_eq!(user[CONNECTOR], json!({ "mapping": "Sales", "profile": "P" }));
    assert!(user.get("id").is_none());
}

#[test]
fn lists_and_their_elements() {
    let user = patched(&json!([
        { "op": "add", "path": "emails", "value": [{ "value": "new", "primary": true }] },
        { "op": "replace", "path": "emails[type eq \"home\"].value", "value": "elsewhere" },
        { "op": "add", "path": "phoneNumbers[type eq \"work\"].value", "value": "7" },
    ]))
    .unwrap();
    assert_eq!(
        user["emails"],
        json!([{ "value": "a@work", "type": "work" }, { "value": "elsewhere", "type": "home" },
            { "value": "new", "primary": true }])
    );
    assert_eq!(user["phoneNumbers"], json!([{ "type": "work", "value": "7" }]));
    let user = patched(&json!([
        { "op": "remove", "path": "emails[type eq \"work\" and value co \"@\"]" },
        { "op": "remove", "path": "emails", "value": [{ "value": "a@home" }] },
        { "op": "remove", "path": CONNECTOR },
    ]))
    .unwrap();
    assert!(user.get("emails").is_none() && user.get(CONNECTOR).is_none());
    assert_eq!(user["schemas"], json!([USER]));
}

#[test]
fn refusals_have_their_type() {
    for (operation, wanted) in [
        (json!({ "op": "remove" }), "noTarget"),
        (
            json!({ "op": "replace", "path": "emails[type eq \"x\"].value", "value": "y" }),
            "noTarget",
        ),
        (json!({ "op": "replace", "path": "nothing", "value": 1 }), "invalidPath"),
        (json!({ "op": "replace", "path": "emails[", "value": 1 }), "invalidPath"),
        (json!({ "op": "replace", "path": "id", "value": "1" }), "mutability"),
        (json!({ "op": "replace", "path": "meta.created", "value": "1" }), "mutability"),
        (json!({ "op": "remove", "path": "userName" }), "invalidValue"),
        (json!({ "op": "add", "path": "active", "value": "perhaps" }), "invalidValue"),
        (json!({ "op": "add", "value": 3 }), "invalidValue"),
        (json!({ "op": "swap", "path": "title" }), "invalidSyntax"),
    ] {
        assert_eq!(patched(&json!([operation])).unwrap_err(), (400, Some(wanted)), "{operation}");
    }
}

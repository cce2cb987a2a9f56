//! People: roles, links to join, second factors, slowed guessing and emergencies.

use jiff::SignedDuration;
use xystra_care::role::Role;
use xystra_store::journal::Filter;
use xystra_store::{Account, Error, Scope, Store};
use xystra_testkit::START;

use crate::home::keep;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Somebody who joined with this role; the login is the role's word.
async fn joined(store: &Store, owner: &Scope, role: Role) -> Account {
    let token = format!("{}-{}", role.word(), owner.practice());
    store.invite(owner, (role.word(), role), &token, START + HOUR, START).await.unwrap();
    let invitation = store.invitation(&token, START).await.unwrap().unwrap();
    store.join(&invitation, &token, "hash", START).await.unwrap()
}

async fn actions(store: &Store, scope: &Scope, count: u32) -> Vec<String> {
    store.journal(scope, None, count).await.unwrap().into_iter().map(|row| row.action).collect()
}

pub(crate) async fn a_link_lets_one_person_in_once(store: &Store, scope: &Scope) {
    let account = joined(store, scope, Role::Assistant).await;
    assert_eq!(
        (account.practice, account.role, account.name.as_str()),
        (scope.practice(), Role::Assistant, "assistant")
    );
    assert_eq!(store.account_by_login(&account.login).await.unwrap(), Some(account.clone()));
    assert_eq!(store.invitation(&account.login, START).await.unwrap(), None, "it served");
    assert_eq!(actions(store, scope, 2).await, ["join", "invite"]);
    assert_eq!(store.people(scope).await.unwrap().len(), 2);
}

pub(crate) async fn of_two_who_use_a_link_at_once_one_comes_in(store: &Store, scope: &Scope) {
    store.invite(scope, ("Somebody", Role::Clinician), "token", START + HOUR, START).await.unwrap();
    let invitation = store.invitation("token", START).await.unwrap().unwrap();
    store.join(&invitation, "first", "hash", START).await.unwrap();
    assert!(matches!(store.join(&invitation, "second", "hash", START).await, Err(Error::NotFound)));
    assert_eq!(store.account_by_login("second").await.unwrap(), None);
}

pub(crate) async fn a_login_that_is_taken_leaves_the_link_as_it_was(store: &Store, scope: &Scope) {
    store.invite(scope, ("Somebody", Role::Clinician), "token", START + HOUR, START).await.unwrap();
    let invitation = store.invitation("token", START).await.unwrap().unwrap();
    let error = store.join(&invitation, " OWNER ", "hash", START).await.unwrap_err();
    assert!(matches!(&error, Error::LoginTaken { login } if login == "owner"), "{error}");
    assert_eq!(store.invitation("token", START).await.unwrap(), Some(invitation));
}

pub(crate) async fn a_link_ends_by_time_and_when_it_is_taken_back(store: &Store, scope: &Scope) {
    store.invite(scope, ("Somebody", Role::Auditor), "old", START + HOUR, START).await.unwrap();
    let invitation = store.invitation("old", START).await.unwrap().unwrap();
    assert_eq!(store.invitation("old", START + HOUR).await.unwrap(), None);
    assert!(matches!(store.join(&invitation, "late", "hash", START + HOUR).await, Err(Error::NotFound)));
    store.invite(scope, ("Somebody", Role::Auditor), "back", START + HOUR, START).await.unwrap();
    assert_eq!(store.invitations(scope, START).await.unwrap().len(), 2);
    store.take_back(scope, "back", START).await.unwrap();
    assert_eq!(store.invitation("back", START).await.unwrap(), None);
    assert!(matches!(store.take_back(scope, "back", START).await, Err(Error::NotFound)));
}

pub(crate) async fn a_link_sets_a_new_password_once_and_signs_out(store: &Store, scope: &Scope) {
    let account = joined(store, scope, Role::Clinician).await;
    store.sign_in(&Scope::of(&account), "cookie", "", START + HOUR, START).await.unwrap();
    store.offer_password(scope, &account, "one", START + HOUR, START).await.unwrap();
    store.offer_password(scope, &account, "two", START + HOUR, START).await.unwrap();
    assert_eq!(store.invitation("one", START).await.unwrap(), None, "the newer took its place");
    let invitation = store.invitation("two", START).await.unwrap().unwrap();
    store.reset_password(&invitation, "new", START).await.unwrap();
    assert_eq!(store.account_by_login(&account.login).await.unwrap().unwrap().password_hash, "new");
    assert_eq!(store.signed_in("cookie").await.unwrap(), None);
    assert!(matches!(store.reset_password(&invitation, "again", START).await, Err(Error::NotFound)));
}

pub(crate) async fn whoever_is_disabled_is_out_at_once_with_every_link(store: &Store, scope: &Scope) {
    let account = joined(store, scope, Role::Owner).await;
    let theirs = Scope::of(&account);
    store.sign_in(&theirs, "cookie", "", START + HOUR, START).await.unwrap();
    store.half_sign_in(&theirs, "half", START + HOUR, START).await.unwrap();
    store.invite(&theirs, ("Friend", Role::Owner), "friend", START + HOUR, START).await.unwrap();
    store.offer_password(scope, &account, "reset", START + HOUR, START).await.unwrap();
    let reset = store.invitation("reset", START).await.unwrap().unwrap();
    store.disable(scope, account.id, START).await.unwrap();
    assert_eq!(store.signed_in("cookie").await.unwrap(), None);
    assert_eq!(store.half_signed_in("half", START).await.unwrap(), None);
    assert_eq!(store.invitations(scope, START).await.unwrap(), []);
    assert!(matches!(store.reset_password(&reset, "hash", START).await, Err(Error::NotFound)));
    assert_eq!(store.account_by_login(&account.login).await.unwrap(), None);
    assert!(!store.login(&account.login).await.unwrap().unwrap().may_enter);
    store.enable(scope, account.id, START).await.unwrap();
    assert_eq!(store.account_by_login(&account.login).await.unwrap(), Some(account));
}

pub(crate) async fn the_last_owner_stays_one(store: &Store, scope: &Scope) {
    let me = scope.author().account;
    let rows = actions(store, scope, 100).await;
    assert!(matches!(store.disable(scope, me, START).await, Err(Error::LastOwner)));
    assert!(matches!(store.set_role(scope, me, Role::Clinician, START).await, Err(Error::LastOwner)));
    assert_eq!(store.person(scope, me).await.unwrap().account.role, Role::Owner);
    assert_eq!(actions(store, scope, 100).await, rows, "nothing was done and nothing is told");

    let other = joined(store, scope, Role::Owner).await;
    store.set_role(scope, me, Role::Clinician, START).await.unwrap();
    assert!(matches!(store.disable(scope, other.id, START).await, Err(Error::LastOwner)));
}

pub(crate) async fn a_new_role_signs_out(store: &Store, scope: &Scope) {
    let account = joined(store, scope, Role::Clinician).await;
    store.sign_in(&Scope::of(&account), "cookie", "Firefox on Linux", START + HOUR, START).await.unwrap();
    assert_eq!(store.devices(scope, account.id, START).await.unwrap()[0].device, "Firefox on Linux");
    store.set_role(scope, account.id, Role::Assistant, START).await.unwrap();
    assert_eq!(store.signed_in("cookie").await.unwrap(), None);
    assert_eq!(store.person(scope, account.id).await.unwrap().account.role, Role::Assistant);
}

pub(crate) async fn browsers_end_one_by_one_or_all_but_this(store: &Store, scope: &Scope) {
    let me = scope.author().account;
    for token in ["laptop", "tablet", "phone"] {
        store.sign_in(scope, token, "", START + HOUR, START).await.unwrap();
    }
    store.end_sign_in(scope, me, "phone", START).await.unwrap();
    assert!(matches!(store.end_sign_in(scope, me, "phone", START).await, Err(Error::NotFound)));
    store.end_sign_ins(scope, me, Some("laptop"), START).await.unwrap();
    let left: Vec<_> = store.devices(scope, me, START).await.unwrap().into_iter().map(|one| one.token_hash).collect();
    assert_eq!(left, ["laptop"]);
}

pub(crate) async fn guessing_waits_longer_each_time_and_the_right_one_forgives(store: &Store, scope: &Scope) {
    let mut now = START;
    for _ in 0..5 {
        assert_eq!(store.take_try("login:owner", now).await.unwrap(), None);
        store.sign_in_failed("login:owner", Some(scope), now).await.unwrap();
    }
    assert_eq!(store.take_try("login:owner", now).await.unwrap(), Some(30));
    assert_eq!(store.take_try("login:other", now).await.unwrap(), None, "others are not slowed");
    now += SignedDuration::from_secs(30);
    assert_eq!(store.take_try("login:owner", now).await.unwrap(), None);
    assert_eq!(store.take_try("login:owner", now).await.unwrap(), Some(60));
    assert_eq!(actions(store, scope, 2).await, ["sign-in-failed", "sign-in-failed"]);
    store.forgive("login:owner").await.unwrap();
    assert_eq!(store.take_try("login:owner", now).await.unwrap(), None);
}

pub(crate) async fn many_guesses_at_once_are_counted_each(store: &Store, _: &Scope) {
    let mut let_through = 0;
    for _ in 0..20 {
        let_through += usize::from(store.take_try("login:owner", START).await.unwrap().is_none());
    }
    assert_eq!(let_through, 5, "a try counts before it is looked at");
}

pub(crate) async fn a_second_factor_counts_once_confirmed_and_a_step_serves_once(store: &Store, scope: &Scope) {
    store.begin_second_factor(scope, "SECRET").await.unwrap();
    assert_eq!(store.second_factor(scope).await.unwrap().unwrap().step, None);
    assert!(!store.people(scope).await.unwrap()[0].second_factor, "it does not count yet");
    store.sign_in(scope, "cookie", "", START + HOUR, START).await.unwrap();
    store.confirm_second_factor(scope, 7, &["a".into(), "b".into()], START).await.unwrap();
    assert_eq!(store.signed_in("cookie").await.unwrap(), None);
    let known = store.second_factor(scope).await.unwrap().unwrap();
    assert_eq!((known.secret.as_str(), known.step, known.codes_left), ("SECRET", Some(7), 2));
    assert!(matches!(store.begin_second_factor(scope, "OTHER").await, Err(Error::Conflict)));
    assert!(!store.use_step(scope, 7).await.unwrap() && store.use_step(scope, 8).await.unwrap());
    assert!(!store.use_step(scope, 8).await.unwrap() && !store.use_step(scope, 6).await.unwrap());
    assert!(store.use_code(scope, "a", START).await.unwrap());
    assert!(!store.use_code(scope, "a", START).await.unwrap(), "a recovery code serves once");
    store.turn_off_second_factor(scope, scope.author().account, START).await.unwrap();
    assert_eq!(store.second_factor(scope).await.unwrap(), None);
    assert!(!store.use_code(scope, "b", START).await.unwrap());
}

pub(crate) async fn half_a_sign_in_opens_nothing_and_ends_once(store: &Store, scope: &Scope) {
    store.half_sign_in(scope, "half", START + HOUR, START).await.unwrap();
    assert_eq!(store.signed_in("half").await.unwrap(), None);
    assert_eq!(store.half_signed_in("half", START).await.unwrap().unwrap().id, scope.author().account);
    assert_eq!(store.half_signed_in("half", START + HOUR).await.unwrap(), None);
    assert!(store.end_half_sign_in(scope, "half").await.unwrap());
    assert!(!store.end_half_sign_in(scope, "half").await.unwrap());
}

pub(crate) async fn an_emergency_opens_one_client_to_one_person_for_an_hour(store: &Store, scope: &Scope) {
    let client = keep(store, scope, 1).await.client_id;
    let desk = Scope::of(&joined(store, scope, Role::Assistant).await);
    store.open_emergency(&desk, client, "fell down in the hall", START).await.unwrap();
    let (open, until) = store.in_emergency(&desk, START).await.unwrap();
    assert_eq!((open.contains(&client), until), (true, Some(START + HOUR)));
    assert!(store.in_emergency(scope, START).await.unwrap().0.is_empty(), "to nobody else");
    assert!(store.in_emergency(&desk, START + HOUR).await.unwrap().0.is_empty(), "it has closed");
    assert!(store.in_emergency(&desk, START - HOUR).await.unwrap().0.is_empty(), "a clock set back opens nothing");

    let unseen = store.unseen_emergencies(scope).await.unwrap();
    assert_eq!((unseen.len(), unseen[0].reason.as_str()), (1, "fell down in the hall"));
    let rows = store.journal(scope, None, 100).await.unwrap();
    assert!(rows.iter().any(|row| row.action == "emergency" && row.subject_id == client.to_string()));
    assert!(!format!("{rows:?}").contains("hall"), "the reason is health content");
    store.see_emergency(scope, unseen[0].id, START).await.unwrap();
    assert_eq!(store.unseen_emergencies(scope).await.unwrap(), []);
}

pub(crate) async fn the_journal_is_read_by_person_and_by_client(store: &Store, scope: &Scope) {
    let (one, two) = (keep(store, scope, 1).await, keep(store, scope, 2).await);
    let desk = Scope::of(&joined(store, scope, Role::Assistant).await);
    desk.saw(one.client_id);
    desk.saw(two.client_id);
    store.note_seen(&desk, START).await.unwrap();
    let by = |filter| async move { store.journal_of(scope, filter, None, 100).await.unwrap() };
    let of_desk = by(Filter { account: Some(desk.author().account), client: None }).await;
    assert_eq!(of_desk.iter().map(|row| row.action.as_str()).collect::<Vec<_>>(), ["read", "join"]);
    let about = by(Filter { account: None, client: Some(one.client_id) }).await;
    assert_eq!(about.len(), 12, "eleven entries and one reading: {about:?}");
    let both = by(Filter { account: Some(desk.author().account), client: Some(two.client_id) }).await;
    assert_eq!(both.len(), 1);
    assert_eq!(by(Filter::default()).await, store.journal(scope, None, 100).await.unwrap());
    let older = store.journal_of(scope, Filter::default(), Some(3), 100).await.unwrap();
    assert_eq!(older.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 1]);
}

/// What another practice may not see or change.
pub(crate) mod strangers {
    use super::*;

    pub(crate) async fn a_strangers_people_are_out_of_reach(store: &Store, mine: &Scope, theirs: &Scope) {
        let account = joined(store, mine, Role::Clinician).await;
        store.invite(mine, ("Somebody", Role::Owner), "token", START + HOUR, START).await.unwrap();
        store.sign_in(&Scope::of(&account), "cookie", "", START + HOUR, START).await.unwrap();
        let before = store.fingerprint(mine).await.unwrap();

        assert!(matches!(store.person(theirs, account.id).await, Err(Error::NotFound)));
        assert!(matches!(store.set_role(theirs, account.id, Role::Owner, START).await, Err(Error::NotFound)));
        assert!(matches!(store.disable(theirs, account.id, START).await, Err(Error::NotFound)));
        assert!(matches!(store.enable(theirs, account.id, START).await, Err(Error::NotFound)));
        assert!(matches!(store.turn_off_second_factor(theirs, account.id, START).await, Err(Error::NotFound)));
        assert!(matches!(store.end_sign_in(theirs, account.id, "cookie", START).await, Err(Error::NotFound)));
        assert!(matches!(store.take_back(theirs, "token", START).await, Err(Error::NotFound)));
        store.end_sign_ins(theirs, account.id, None, START).await.unwrap();
        assert_eq!(store.people(theirs).await.unwrap().len(), 1);
        assert_eq!(store.invitations(theirs, START).await.unwrap(), []);
        assert_eq!(store.devices(theirs, account.id, START).await.unwrap(), []);
        assert!(store.signed_in("cookie").await.unwrap().is_some());
        assert_eq!(store.fingerprint(mine).await.unwrap(), before);
    }

    pub(crate) async fn a_strangers_client_is_opened_in_no_emergency(store: &Store, mine: &Scope, theirs: &Scope) {
        let client = keep(store, mine, 1).await.client_id;
        let error = store.open_emergency(theirs, client, "a reason of theirs", START).await.unwrap_err();
        assert!(matches!(error, Error::NotFound), "{error}");
        store.open_emergency(mine, client, "a reason of mine", START).await.unwrap();
        assert_eq!(store.unseen_emergencies(theirs).await.unwrap(), []);
        let id = store.unseen_emergencies(mine).await.unwrap()[0].id;
        assert!(matches!(store.see_emergency(theirs, id, START).await, Err(Error::NotFound)));
    }
}

//! The contract on SQLite, each in a folder of its own.

use crate::contract;
use crate::home::Home;

macro_rules! on_sqlite {
    ($($module:ident { $($name:ident),+ $(,)? })+) => {
        $(mod $module {
            $(#[tokio::test]
            async fn $name() {
                let home = super::Home::new().await;
                super::contract::$module::$name(&home.store, &home.scope).await;
            })+
        })+
    };
}

on_sqlite! {
    accounts {
        there_is_one_practice_and_its_owner,
        a_practice_changes_its_ways,
        a_browser_is_known_until_it_signs_out,
        a_new_password_signs_out_everywhere,
    }
    drafts {
        the_same_tab_goes_on,
        a_second_tab_is_told_and_overwrites_nothing,
        a_second_tab_that_saw_the_draft_takes_it_over,
        a_draft_goes_with_the_save_and_stays_when_the_save_fails,
        a_draft_can_be_thrown_away,
    }
    entries {
        every_step_comes_back_as_it_was,
        appointments_and_tools_come_back_as_they_were,
        an_amendment_is_a_new_version_and_the_old_one_stays,
        of_two_amendments_of_one_version_the_second_is_told,
        a_form_posted_twice_is_written_once,
        a_batch_is_kept_whole_or_not_at_all,
        a_struck_screening_is_in_force_no_more_and_stays_in_the_history,
        a_struck_session_is_shown_and_marked,
        episodes_are_listed_by_client_and_by_what_is_new,
        an_appointment_for_an_episode_that_is_not_there_hides_no_other,
    }
    finding {
        clients_are_found_by_name_reach_and_complaint,
        a_client_found_comes_with_every_complaint_newest_first,
        no_more_are_found_than_asked_for,
    }
    journal {
        every_entry_leaves_a_row_and_the_chain_holds,
        it_says_what_was_done_and_nothing_that_was_said,
    }
    recordings {
        bytes_come_back_whatever_their_number,
        the_same_bytes_in_a_session_are_kept_once,
        what_is_not_there_is_not_found,
        what_was_derived_holds_for_its_ground_and_program_alone,
    }
}

mod scopes {
    use super::{Home, contract};

    macro_rules! with_a_stranger {
        ($($name:ident),+ $(,)?) => {
            $(#[tokio::test]
            async fn $name() {
                let home = Home::new().await;
                let theirs = home.second_practice().await;
                contract::scopes::$name(&home.store, &home.scope, &theirs).await;
            })+
        };
    }

    with_a_stranger! {
        lists_are_empty_for_a_stranger,
        single_things_are_not_found_by_a_stranger,
        a_stranger_changes_nothing_of_mine,
    }
}

//! The contract on both engines: every test of it runs on each, in a database of its own.

/// Runs one function of the contract by what it takes: a store and its practice, also a stranger's practice, or the whole home.
macro_rules! call {
    (store $home:ident $function:path) => {
        $function(&$home.store, &$home.scope).await
    };
    (stranger $home:ident $function:path) => {{
        let theirs = $home.second_practice().await;
        $function(&$home.store, &$home.scope, &theirs).await
    }};
    (home $home:ident $function:path) => {
        $function(&$home).await
    };
}

macro_rules! contract {
    ($($takes:ident $module:ident { $($name:ident),+ $(,)? })+) => {
        mod on_sqlite {
            $(mod $module {
                $(#[tokio::test]
                async fn $name() {
                    let home = crate::home::Home::new().await;
                    call!($takes home crate::contract::$module::$name);
                })+
            })+
        }

        mod on_postgres {
            $(mod $module {
                $(#[tokio::test]
                async fn $name() {
                    let Some(home) = crate::home::Home::on_postgres().await else { return };
                    call!($takes home crate::contract::$module::$name);
                })+
            })+
        }
    };
}

contract! {
    store accounts {
        there_is_one_practice_and_its_owner,
        a_practice_changes_its_ways,
        a_browser_is_known_until_it_signs_out,
        a_new_password_signs_out_everywhere,
    }
    store clients {
        every_change_is_seen_at_once,
        a_change_that_fails_changes_no_row,
    }
    home client_rows {
        who_is_merged_parted_or_erased_is_seen_so_at_once,
        a_row_that_does_not_fit_is_named,
    }
    store drafts {
        the_same_tab_goes_on,
        a_second_tab_is_told_and_overwrites_nothing,
        a_second_tab_that_saw_the_draft_takes_it_over,
        a_draft_goes_with_the_save_and_stays_when_the_save_fails,
        a_draft_can_be_thrown_away,
    }
    store entries {
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
    store finding {
        clients_are_found_by_name_reach_and_complaint,
        a_client_found_comes_with_every_complaint_newest_first,
        no_more_are_found_than_asked_for,
    }
    store journal {
        every_entry_leaves_a_row_and_the_chain_holds,
        it_says_what_was_done_and_nothing_that_was_said,
        a_client_who_is_shown_leaves_one_row_in_a_quarter_of_an_hour,
        rows_that_wait_together_are_all_written,
        an_anchor_holds_the_end_of_the_chain,
    }
    store links {
        a_form_is_sent_once_and_keeps_the_answers_with_it,
        a_link_that_is_over_or_taken_back_keeps_nothing,
        a_new_link_takes_the_place_of_an_unused_one_for_the_same,
        a_link_reaches_its_own_record_and_form_only,
        the_journal_says_that_it_was_made_opened_used_and_taken_back,
        of_two_posts_at_once_one_is_kept,
    }
    store outlooks {
        what_was_foretold_comes_back_and_the_newest_counts,
        scores_are_summed_over_the_practice,
        whatever_an_outlook_is_made_from_asks_for_a_new_one,
        nobody_waits_for_an_outlook_that_is_being_made,
    }
    home kept_outlooks {
        an_outlook_goes_where_its_record_goes,
    }
    stranger strange_outlooks {
        a_stranger_sees_no_outlook,
    }
    store people {
        a_link_lets_one_person_in_once,
        of_two_who_use_a_link_at_once_one_comes_in,
        a_login_that_is_taken_leaves_the_link_as_it_was,
        a_link_ends_by_time_and_when_it_is_taken_back,
        a_link_sets_a_new_password_once_and_signs_out,
        whoever_is_disabled_is_out_at_once_with_every_link,
        the_last_owner_stays_one,
        a_new_role_signs_out,
        browsers_end_one_by_one_or_all_but_this,
        guessing_waits_longer_each_time_and_the_right_one_forgives,
        many_guesses_at_once_are_counted_each,
        a_second_factor_counts_once_confirmed_and_a_step_serves_once,
        half_a_sign_in_opens_nothing_and_ends_once,
        an_emergency_opens_one_client_to_one_person_for_an_hour,
        the_journal_is_read_by_person_and_by_client,
    }
    stranger strange_people {
        a_strangers_people_are_out_of_reach,
        a_strangers_client_is_opened_in_no_emergency,
    }
    store recordings {
        bytes_come_back_whatever_their_number,
        the_same_bytes_in_a_session_are_kept_once,
        what_is_not_there_is_not_found,
        the_reading_goes_with_the_recording,
        what_was_said_of_a_tool_is_kept_by_its_name,
        what_was_derived_holds_for_its_ground_and_method_alone,
        results_of_several_methods_stand_beside_one_another,
    }
    stranger strange_links {
        a_stranger_sees_and_takes_back_no_link,
        a_strangers_link_opens_nothing_of_mine,
    }
    stranger scopes {
        lists_are_empty_for_a_stranger,
        single_things_are_not_found_by_a_stranger,
        a_stranger_changes_nothing_of_mine,
    }
    home backups {
        a_restored_practice_is_equal,
        the_last_backup_is_remembered,
        a_damaged_backup_is_refused_with_its_line,
        a_backup_that_ends_too_early_or_too_late_is_refused,
        what_is_no_backup_is_refused,
        a_refused_backup_leaves_nothing_behind,
        a_practice_that_is_here_already_is_not_restored,
        a_login_that_is_taken_is_named_and_nothing_is_restored,
        a_backup_holds_one_practice_and_no_row_of_another,
        a_row_of_another_practice_is_refused,
        a_backup_that_cannot_be_written_leaves_nothing_behind,
        the_shelf_of_a_practice_holds_its_own_backups,
    }
    home tampering {
        a_changed_row_is_named,
        a_dropped_row_is_named,
        rows_cut_off_at_the_end_show_by_their_entries,
        reordered_rows_are_named,
        changed_bytes_of_a_recording_are_refused,
    }
    home erasing {
        nothing_of_an_erased_client_is_left_and_the_journal_proves_it,
        no_file_holds_a_word_of_an_erased_client,
        a_restored_backup_holds_nobody_who_was_erased_since,
        a_merged_person_is_erased_whole_from_either_record,
        a_merge_that_was_undone_keeps_no_name_of_an_erased_client,
        a_stranger_erases_nobody_of_mine,
        clients_of_whom_nothing_was_written_for_long_are_listed,
    }
    home merging {
        everything_of_one_record_moves_into_the_other,
        undoing_a_merge_moves_exactly_back_what_it_brought,
        what_was_added_to_a_complaint_meanwhile_goes_back_with_it,
        merges_are_undone_in_any_order,
        only_two_clients_in_force_are_merged,
    }
    home exporting {
        everything_comes_out_as_csv_and_as_json_lines,
        a_body_is_taken_apart_into_columns_and_rows,
        older_versions_and_struck_ones_come_out_and_say_so,
        moments_are_told_in_utc_and_on_the_practices_own_clock,
        a_recording_comes_out_as_the_file_it_was,
        an_export_holds_no_secret_and_no_row_of_another_practice,
        an_export_appears_whole_or_not_at_all,
    }
    store jobs {
        a_job_is_taken_when_it_is_due,
        a_job_waits_once_for_each_subject,
        what_is_due_again_waits_until_then,
        a_job_that_failed_says_why_and_is_tried_again,
    }
    store sweeping {
        a_posted_form_is_remembered_for_a_day,
        an_old_draft_goes_when_no_record_would_remind_of_it,
        nothing_of_the_record_is_swept,
    }
    stranger strange_sweeping {
        nothing_of_another_practice_is_swept,
    }
    stranger practices {
        a_practice_is_added_beside_the_first,
        a_login_serves_one_person_in_the_whole_database,
    }
}

/// What only a server can do: several nodes on one database.
mod nodes {
    use crate::contract::nodes;
    use crate::home::Home;

    macro_rules! on_two_nodes {
        ($($name:ident),+ $(,)?) => {
            $(#[tokio::test]
            async fn $name() {
                let Some(home) = Home::on_postgres().await else { return };
                let node = home.second_node().await;
                nodes::$name(&home, &node.store).await;
            })+
        };
    }

    on_two_nodes! {
        entries_of_two_nodes_make_one_chain,
        of_two_nodes_that_amend_one_version_one_is_told,
        drafts_and_sign_ins_are_shared,
        a_form_posted_to_two_nodes_is_written_once,
        a_job_is_taken_by_one_node,
        a_job_of_a_node_that_died_is_free_again,
        what_another_node_wrote_is_read,
    }
}

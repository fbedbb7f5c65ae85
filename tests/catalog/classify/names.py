"""Names of tools as APIs of many kinds have them, by the class that a stranger would read from the name alone."""

from __future__ import annotations

from policyctl.model.catalog import Category

NAMES: dict[Category, str] = {
    Category.READ: """
        get_user list_channels conversations_history channels_list users_search search_messages
        slack_get_thread_replies get_me whoami describe_table list_tables get_schema explain_query
        show_databases fetch_page notion-search notion-fetch API-get-user API-retrieve-a-page API-post-search
        read_file read_multiple_files list_allowed_directories get_file_info directory_tree tail_log
        browser_snapshot take_screenshot get_page_text find_element get_console_logs query_logs search_logs
        get_metrics list_dashboards get_dashboard list_monitors get_incident list_deployments get_deployment
        get_deployment_events get_build_logs list_projects get_project list_edge_functions list_extensions
        list_migrations get_logs get_advisors get_project_url get_anon_key get_publishable_keys search_docs
        list_organizations get_organization get_cost list_branches workers_list workers_get_worker
        kv_namespaces_list d1_databases_list r2_buckets_list search_cloudflare_documentation list_customers
        get_customer list_products get_product get_orders list_orders get_order orders_list order_get
        view_order track_package track_shipment get_invoice list_invoices list_charges get_account_balance
        getBalance wallet_balance check_balance list_transactions get_transaction transaction_history
        get_payment payment_status list_payments get_quote get_price get_stock_price get_portfolio
        list_positions get_positions estimate_gas estimate_fee simulate_transaction calculate_loan_payment
        convert_currency get_exchange_rate exchange_rates currency_exchange_rates validate_iban verify_payment
        preview_invoice get_upcoming_invoice download_invoice_pdf_url list_subscriptions get_subscription
        subscription_status get_subscription_usage gmail_search gmail_read_message list_emails read_email
        get_thread list_labels search_emails get_attachment list_calendars list_events get_event
        find_free_slots freebusy_query check_availability suggest_times drive_search get_document_content
        read_sheet sheets_get_values get_sheet_data export_sheet read_doc list_folder list_comments
        get_comments jira_search jira_get_issue jira_get_transitions getJiraIssue searchJiraIssuesUsingJql
        getConfluencePage getAccessibleAtlassianResources atlassianUserInfo lookupJiraAccountId get_issue
        linear_getIssues linear_searchIssues list_my_issues list_cycles list_teams list_pods pods_list
        get_pod_logs kubectl_get kubectl_describe kubectl_logs list_namespaces explain_resource top_nodes
        docker_ps docker_logs docker_images list_containers inspect_container container_stats
        terraform_plan_show aws_describe_instances DescribeInstances ListBuckets GetObject s3_list_objects
        s3_get_object lookup_events get_cost_and_usage read_documentation recommend search_documentation
        get_weather forecast current_weather get_forecast geocode maps_directions maps_geocode
        maps_distance_matrix maps_search_places place_details nearby_search web_search brave_web_search
        brave_local_search tavily-search tavily-extract firecrawl_scrape firecrawl_map firecrawl_search
        firecrawl_crawl firecrawl_check_crawl_status exa_search web_fetch fetch_url crawl_page perplexity_ask
        deep_research redis_get hget lrange smembers scan_keys get_key info dbsize xrange exists ttl
        mongo_find find_one count_documents aggregate collection_stats list_indexes get_table_schema
        list_schemas analyze_query_performance analyze_db_health get_top_queries list_objects
        get_object_details think calculator add_numbers sum_numbers echo ping health health_check healthcheck
        status version uptime server_info current_time get_current_time time_now random_number uuid_generate
        hash_string base64_encode json_parse format_json diff_text compare_files lint_code check_types
        analyze_code code_review explain_code summarize_text translate_text detect_language sentiment_analysis
        classify_text extract_entities ocr_image transcribe_audio describe_image get_tracks search_tracks
        spotify_search get_playlists getNowPlaying get_devices list_entities get_state get_history
        ha_get_state light_status nmap_scan whois_lookup dns_lookup port_scan vulnerability_scan
        virustotal_file_report check_ip_reputation figma_get_file get_figma_data get_code get_variable_defs
        get_screenshot get_design_context get_metadata list_prompts list_resources read_resource
        completion_status job_status task_status get_run list_runs workflow_runs_list get_workflow_run
        build_status deploy_status deployment_history audit_log activity_feed change_history changelog
        release_notes test_results coverage_report error_log access_log search_history browser_history
        order_history chat_history purchase_history price_history balance_sheet income_statement cash_flow
        getUserById ListUsers fetch-user-profile users.list user/get repos_get_content get_2fa_status
        getV2Users read_secret list_api_keys show_env printenv get_environment_variables check_permissions
        has_access is_member can_deploy compare_branches git_log git_blame git_show_branch list_open_orders
        open_orders get_closed_positions pending_orders trade_history recent_trades order_book depth_chart
        candles klines funding_rate market_data quotes get_watchlist account_info account_summary
        position_risk margin_requirements tax_report portfolio_performance dividend_history earnings_calendar
        option_chain get_option_chain analyze_portfolio screen_stocks backtest_strategy employee_directory
        list_employees get_payroll view_payslip leave_balance time_off_requests attendance_report
        search_candidates get_job_posting read_resume patient_search get_patient_record lab_results
        medication_list appointment_slots check_symptoms flight_search search_flights flight_status
        get_boarding_pass hotel_search search_hotels check_in_status find_restaurants movie_showtimes
        recipe_search nutrition_info camera_snapshot get_camera_image sensor_readings device_status
        thermostat_status energy_usage get_automation list_scenes course_list get_grades list_assignments
        quiz_results wiki_search dictionary_lookup get_definition synonyms news_headlines top_stories
        trending_topics get_tweet user_timeline get_followers list_mentions hashtag_search youtube_transcript
        get_video_details channel_stats reddit_hot_posts subreddit_info rss_feed dns_records
        domain_availability ssl_certificate_info site_audit lighthouse_audit page_speed seo_analysis
        keyword_research backlinks serp_results ip_geolocation bgp_lookup sql_explain table_preview
        column_stats row_count data_profile schema_diff database_health slow_queries index_usage table_sizes
        get_commit_diff pull_request_files list_review_comments ci_status get_code_coverage dependency_graph
        license_check search_symbols find_references go_to_definition get_diagnostics symbol_outline
        code_search semantic_search vector_search similarity_search rerank_results knowledge_base_query
        rag_search ask_question list_models model_info token_count estimate_cost count_tokens get_position_mode
        position_mode_history list_auto_invest_plans get_copy_trading_leaders copy_trading_history hash_rate_history
        get_margin_call_status auto_compound_status
    """,
    Category.WRITE: """
        slack_post_message send_message conversations_add_message post_message reply_to_thread add_reaction
        slack_add_reaction slack_reply_to_thread create_channel invite_user set_topic update_profile
        upload_file share_file pin_message create_page notion-create-pages notion-update-page API-post-page
        API-patch-page append_blocks move_page duplicate_page create_comment add_comment create_database
        update_database create_issue update_issue edit_issue close_issue reopen_issue assign_issue add_labels
        transition_issue jira_create_issue jira_add_comment jira_transition_issue editJiraIssue
        createJiraIssue addCommentToJiraIssue transitionJiraIssue linear_createIssue linear_updateIssue
        create_branch create_pull_request merge_pull_request fork_repository push_files commit_changes
        git_commit git_add git_push git_stash star_repo subscribe_to_notifications subscribe_channel
        unsubscribe mark_as_read mark_notifications_read manage_labels write_file edit_file create_directory
        move_file copy_file rename_file save_note append_to_file str_replace insert_line apply_patch
        apply_diff touch mkdir send_email gmail_send_email draft_email create_draft reply_email forward_email
        modify_email add_label create_label create_filter archive_email create_event update_event
        respond_to_event schedule_meeting reschedule_event create_task complete_task update_task add_subtask
        create_contact update_contact sheets_update_values append_row batch_update_cells create_spreadsheet
        create_document insert_text create_folder create_customer update_customer create_product
        update_product create_price create_coupon add_product_to_cart update_cart add_to_cart create_discount
        update_inventory adjust_inventory set_inventory create_ticket update_ticket create_lead log_activity
        log_call create_deal update_deal record_expense add_transaction_category add_payment_method
        update_payment_method redis_set hset lpush sadd zadd set_key insert_one insert_many update_one
        update_many upsert_rows create_table create_index insert_rows kv_put put_object s3_put_object
        upload_object create_bucket set_bucket_policy create_user update_user add_user_to_group enable_user
        disable_user attach_policy assign_role grant_permission create_role create_api_key create_access_token
        rotate_secret store_secret create_secret update_secret create_project update_project create_worker
        set_env_var add_domain update_dns_record create_dns_record create_record configure_alert
        create_monitor create_alert acknowledge_incident resolve_incident create_dashboard mute_monitor
        silence_alert add_annotation annotate create_playlist add_tracks_to_playlist follow_artist like_post
        upvote post_tweet create_post publish_post schedule_post update_status set_status create_video_upload
        subscribe_webhook create_webhook register_webhook remember store_memory add_memory create_entities
        add_observations save_context memory_store ingest_document index_document upsert_vectors import_data
        sync_contacts bulk_update kubectl_label kubectl_annotate kubectl_patch port_forward create_namespace
        create_deployment helm_repo_add set_temperature turn_on_light turn_off_light lock_door set_brightness
        toggle_switch userCreate users.update user-patch addUser setUserRole putObject PostMessage
        create_user_if_not_exists upsertContact saveAsDraft add_note update_note pin_note checkin_attendance
        request_time_off approve_leave submit_timesheet post_job create_candidate schedule_interview
        update_patient add_prescription book_appointment cancel_appointment reschedule_appointment
        reserve_table set_thermostat set_alarm create_automation enable_automation enable_auto_archive arm_alarm disarm_alarm
        lock_vehicle rename_device pair_device enroll_student submit_assignment grade_assignment post_comment
        reply_to_tweet repost follow_user unfollow_user block_user mute_user send_dm send_sms make_reservation
        send_whatsapp_message send_slack_dm send_notification push_notification broadcast_message create_poll
        vote_poll react_to_message edit_message set_reminder create_reminder snooze_reminder create_list
        add_item complete_todo move_card archive_card assign_card add_member_to_board set_due_date
        add_attachment link_issues create_sprint close_sprint move_to_sprint create_epic tag_release
        create_release publish_release publish_package create_tag lock_issue request_review request_reviewers
        approve_pull_request resolve_conversation add_collaborator set_branch_protection
        enable_vulnerability_alerts create_deploy_key add_ssh_key invite_member set_visibility make_public
        rename_branch rebase_branch squash_commits git_init git_clone git_merge git_tag create_worktree
        checkout_branch add_to_calendar accept_invite decline_invite insert_image format_cells merge_cells
        sort_range add_sheet create_chart create_slide replace_text update_style set_fill_color resize_node
        group_nodes create_component import_file export_to_file save_screenshot record_audio fill_form
        select_option upload_attachment set_cookie set_viewport accept_cookies scroll_page hover_element
    """,
    Category.EXECUTE: """
        type_text browser_click browser_navigate browser_press_key click_element navigate_to press_key
        mouse_click drag_element playwright_navigate click double_click_element drag_and_drop swipe
        tap_element go_back go_forward navigate browser_goto execute_command run_command run_shell_command
        bash shell terminal_execute execute_code run_code run_python python_repl execute_python
        code_interpreter eval evaluate_script execute_javascript run_script run_sql execute_sql execute_query
        run_query query_sql sql_query query_database exec_in_pod kubectl_exec docker_exec docker_run
        run_container start_container stop_container restart_container start_instance stop_instance
        reboot_instance StartInstances StopInstances deploy deploy_project deploy_edge_function redeploy
        rollback_deployment trigger_workflow run_workflow dispatch_workflow rerun_failed_jobs
        cancel_workflow_run cancel_run run_pipeline trigger_build start_build run_tests test build_project
        build invoke_function lambda_invoke invoke_lambda call_tool execute_tool run_tool invoke_tool
        dispatch_event run_agent start_agent spawn_agent delegate_task create_and_run start_process
        start_server stop_server restart_service scale_deployment kubectl_scale kubectl_rollout npm_install
        install_package pip_install install_dependencies terraform_apply helm_install helm_upgrade
        apply_migration run_migration puppeteer_evaluate browser_evaluate execute_workflow zapier_run_action
        run_automation trigger_automation call_service launch_app open_app run_scene power_on_vm reboot_vm
        vm_start resume_workflow pause_workflow pause_pipeline generate_image generate_video create_job_run
        submit_job start_job retry_job RunCommand executeCode kubectl.exec ssh_exec remote_command sandbox.run
        run-in-terminal notebook_run_cell execute_cell run_notebook run_dbt dbt_run run_etl run_model
        train_model start_training deploy_model deploy_contract call_contract execute_function
        cloud_function_invoke run_lambda run_macro run_applescript execute_script eval_js execute_js
        inject_script reload_page start_workflow execute_flow trigger_flow run_playbook run_ansible_playbook
        run_terraform run_job trigger_job trigger_dag run_dag start_pipeline rerun_job retry_pipeline
        launch_instance start_vm stop_vm restart_pod restart_deployment restart_app start_timer start_emulator
        run_simulation start_scan run_scan exploit_target run_nmap start_crawl_job build_image compile_project
        npm_run_script run_npm_script npm_run_build gradle_build xcode_build build_sim run_app launch_browser
        start_debug_session step_over continue_execution start_vacuum
    """,
    Category.DESTRUCTIVE: """
        delete_file remove_file delete_message slack_delete_message delete_page delete_block
        archive_and_delete delete_issue delete_branch delete_repository remove_collaborator delete_comment
        trash_email delete_email empty_trash batch_delete_emails delete_event delete_calendar delete_row
        delete_rows delete_sheet clear_range clear_values drop_table drop_database drop_collection
        truncate_table delete_one delete_many flushdb flushall redis_del hdel delete_object s3_delete_object
        delete_bucket delete_worker kv_delete d1_database_delete delete_user remove_user
        remove_user_from_group delete_role detach_and_delete revoke_access revoke_token revoke_api_key
        delete_api_key delete_secret delete_namespace delete_pod pods_delete kubectl_delete resources_delete
        helm_uninstall uninstall_package remove_container docker_rm docker_rmi prune_images system_prune
        docker_compose_down terminate_instance TerminateInstances kill_process kill_session
        destroy_infrastructure terraform_destroy pulumi_destroy reset_database reset_branch git_reset
        git_clean wipe_device factory_reset purge_cache purge_queue clear_cache clear_history forget_memory
        delete_memory delete_entities remove_member delete_customer delete_product delete_project
        remove_domain delete_dns_record delete_deployment unlink_and_remove erase_disk format_disk rm rm_rf
        rmdir deleteFile removeItem deleteJiraIssue bulk_delete soft_delete hard_delete discard_changes
        delete_filter delete_webhook evict_pod decommission_host deprovision_user deleteUser users.delete
        user-remove RemoveMember destroySession dropTable purgeMessages wipe_data erase_all clear_all_data
        reset_all_settings reset_device delete_account close_and_delete remove_device unregister_and_delete
        delete_playlist remove_track_from_playlist delete_post remove_reaction remove_label delete_label
        delete_tag remove_assignee delete_attachment remove_attachment delete_note delete_list remove_item
        clear_completed delete_card delete_board delete_column delete_sprint delete_release delete_package
        delete_workflow_run delete_artifact delete_cache clear_browser_data clear_cookies delete_cookies
        remove_cookie clear_storage revoke_session revoke_invitation remove_permission delete_key_pair
        delete_stack delete_cluster delete_instance delete_volume delete_snapshot delete_backup delete_index
        delete_documents delete_collection delete_vectors delete_graph remove_node remove_edge delete_relation
        prune_branches git_branch_delete kill_all_sessions terminate_session kill_query drop_index drop_column
        drop_user drop_schema purge_dns_cache expunge_mailbox delete_contact delete_draft delete_thread
        permanently_delete_email
    """,
    Category.FINANCIAL: """
        create_payment send_payment make_payment process_payment capture_payment void_payment refund_payment
        create_refund refund issue_refund process_refund create_charge charge_card create_payment_intent
        confirm_payment_intent pay_invoice send_invoice create_invoice finalize_invoice create_payout
        create_transfer transfer transfer_funds transfer_money send_money wire_transfer withdraw
        withdraw_funds deposit deposit_funds buy sell buy_stock sell_stock buy_crypto place_order submit_order
        create_order cancel_order cancel_all_orders modify_order replace_order place_stock_order place_trade
        execute_trade close_position close_all_positions open_position swap swap_tokens execute_swap
        bridge_tokens stake unstake stake_eth claim_rewards send_transaction sign_and_send_transaction
        broadcast_transaction send_eth send_token transfer_token transfer_nft mint_nft approve_token borrow
        repay lend supply_liquidity add_liquidity remove_liquidity subscribe_to_plan purchase purchase_item
        checkout complete_checkout create_checkout_session cancel_subscription create_subscription
        update_subscription upgrade_subscription pause_subscription donate tip top_up topup_wallet pay
        pay_bill redeem_points redeem_gift_card place_bet place_bid convert_crypto fund_wallet request_payout
        approve_payment approve_expense_payment release_escrow set_leverage close_trade payout pay_user
        settle_payment placeOrder create_market_order create_limit_order limit_buy market_sell buy_market
        sell_limit submitOrder amend_order cancelOrder cancel_open_orders execute_market_order closePosition
        liquidate_position execute_trade_order transferMoney transfer_between_accounts internal_transfer
        send_crypto send_bitcoin send_sol sendTransaction send_raw_transaction send_lightning_payment
        pay_lightning_invoice execute_payment initiate_transfer initiate_payment schedule_payment
        authorize_payment capture_charge reverse_charge refund_charge refund_order create_credit_note_refund
        issue_refund_to_customer payInvoice charge_customer charge_saved_card bill_customer
        create_subscription_plan_purchase renew_subscription resume_subscription buy_ticket buy_tickets
        purchase_domain register_and_pay order_pizza order_food place_food_order checkout_cart submit_checkout
        tip_driver send_gift_card cash_out cashout_wallet deposit_collateral withdraw_collateral borrow_asset
        repay_loan swapExactTokens bridge_asset stake_tokens unstake_tokens delegate_stake
        claim_staking_rewards claim_airdrop harvest_yield mint_token burn_token approve_spending
        create_auto_invest_plan pause_auto_invest edit_recurring_buy create_savings_plan stop_dca delete_auto_invest_plan
        follow_copy_trader unfollow_copy_trader stop_copy_trading copyTradingFollow set_position_mode switchMarginMode
        changeMultiAssetsMode set_margin_type toggle_hedge_mode set_auto_subscribe enable_auto_compound toggle_auto_repay
        update_margin_call_threshold sell_hash_rate cancel_hash_power_resale wrap_bnb unwrap_wsteth apply_for_loan
    """,
}

"""Names of arguments that speak for a class; words of a name, as `split` gives them, joined by `_`."""

from __future__ import annotations

from policyctl.catalog.classify.signals.words import words

#: The caller writes what is executed.
CODE = words("""
    command cmd commands script code source_code sql sql_query query_sql shell javascript js python python_code bash program
    statement statements function_body cypher bash_command shell_command script_content raw_sql
""")
#: `code` of these is a name of something, not a program.
NOT_CODE = words("""
    country currency language error status verification promo airport zip postal iso auth authorization iata icao station city
    coupon gift area sku stock ticker pin otp referral discount product barcode snippet region html response
""")
SQL = words("sql sql_query query_sql raw_sql statement")

#: One of its values says what is done: the worst counts.
CHOICE = words(
    "action method operation op command verb mode_of_operation action_type operation_type function subcommand cmd"
)
HTTP_METHOD = words("method http_method request_method verb")
URL = words("url uri endpoint href link target_url")

#: So are names that end with `_amount`.
AMOUNT = words("""
    amount quantity qty price value total sum amount_in_cents amount_cents quote_order_qty subscription_amount loan_amount lamports
""")
MONEY = words("""
    currency asset coin symbol side recipient to to_address destination payee payment_method payment_method_id account_id iban
    from_asset to_asset loan_coin collateral_coin wallet_id payment_intent charge customer token_address
""")
SIDE = words(
    "side order_side order_type time_in_force position_side leverage stop_price reduce_only take_profit stop_loss"
)

#: The server asks whether the caller means it.
CARE = words(
    "force confirm confirmed confirmation confirm_delete dry_run dryrun i_understand are_you_sure acknowledge preview_only"
)
FOR_GOOD = words("permanent permanently hard_delete purge skip_trash cascade recursive delete_all force_delete wipe")
OVERWRITE = words("overwrite replace_existing replace clobber force_overwrite if_exists")
CONTENT = words("content contents body text new_content file_text markdown html page_content new_str")
PATH = words("""
    path file_path filepath filename file_name file output_path destination destination_path output_file save_path out_path
    output_dir output_directory save_dir target_path download_path
""")
OUTPUT_PATH = words(
    "output_path output_file save_path out_path output_dir output_directory save_dir download_path output_filename save_as"
)
SCHEDULE = words("cron cron_expression schedule crontab rrule")
IDS = words("ids uuids keys names items records rows emails paths files messages recipients")
#: With nothing but these a tool looks something up.
LOOKUP = words("""
    id ids query q search limit offset page page_size per_page cursor filter filters sort sort_by order_by order fields include
    from to since until start end start_date end_date start_time end_time date name owner repo symbol interval lang language
    locale format max_results count top_k depth recv_window latitude longitude city country keyword keywords namespace
""")

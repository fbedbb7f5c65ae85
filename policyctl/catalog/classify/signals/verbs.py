"""Verbs of APIs by what they do.

ALWAYS: verbs wherever they stand in a name. LEADING: verbs where an imperative stands, nouns elsewhere (`post_message`
against `get_post`). RARELY: nouns that act as verbs (`comment`, `order`): a description outranks them.

What they do to a thing in particular (`cancel` an order, `close` a position) stands in `pairs`.
"""

from __future__ import annotations

from policyctl.catalog.classify.signals.words import words
from policyctl.model.catalog import Category

ALWAYS: dict[Category, frozenset[str]] = {
    Category.READ: words("""
        get fetch retrieve read list ls find lookup show describe display browse explore enumerate inspect peek
        obtain collect gather identify detect discover locate determine
        check verify validate assert examine assess analyze analyse diagnose troubleshoot investigate introspect
        summarize summarise explain interpret classify compare calculate compute estimate predict forecast simulate preview
        measure ping wait await sleep observe monitor whoami pwd grep stat
        translate transliterate encode decode parse tokenize stringify geocode regeocode
        echo think reason brainstorm suggest recommend advise ask answer
        is has can should does exists contains
        scrape crawl extract transcribe visualize visualise render nslookup whois
        demonstrate illustrate autocomplete subtract multiply divide
        appraise consult correlate derive infer inquire interpolate paginate probe prove qualify quantify recalculate recall
        recognize recognise recompute guess reconstruct
    """),
    Category.WRITE: words("""
        create add insert append prepend update upsert modify edit change set put patch write save store persist
        rename move mv cp clone duplicate merge rebase import upload
        assign unassign reassign associate disassociate attach detach bind unbind connect disconnect unlink unpin
        enable disable activate deactivate reactivate toggle configure reconfigure customize customise adjust
        send resend respond publish unpublish broadcast notify announce invite tweet retweet
        unshare unregister deregister enroll enrol unenroll
        unlike unstar follow unfollow upvote downvote react
        subscribe unsubscribe mute unmute snooze silence squash
        untag annotate categorize categorise unflag
        lock unlock suspend unsuspend unarchive unblock unban quarantine
        restore recover undelete reopen
        close unresolve dismiss acknowledge ack complete finish finalize finalise reorder reprioritize prioritize
        submit approve reject accept decline confirm
        grant ungrant authorize authorise allow permit deny elevate promote demote impersonate
        generate make construct populate fill hydrate ingest reindex synchronize replicate
        replace overwrite substitute regenerate renew refresh extend
        increment decrement resize crop rescale compress decompress zip unzip gzip protect unprotect
        mkdir touch chmod chown login logout signup authenticate
        highlight bookmark collapse embed
        reserve unreserve enqueue reschedule postpone
        migrate provision initialize initialise init
        manage maintain administer organize organise arrange
        paint escalate onboard offboard remember memorize
        apply cancel unstage revert propose
        adapt adopt allocate amend appoint assemble augment consolidate contribute coordinate decorate decrease defer define deliver
        deprecate encrypt enforce enhance establish exclude exempt expand expose fulfil fulfill improve include increase introduce
        isolate localize manipulate maximize minimize moderate negotiate nominate offload override personalize prevent propagate
        realign rearrange reapply reclaim reconcile reconnect recruit redact redefine redirect reduce refactor refine reimport
        reinstate relabel relay relocate remediate reprocess requeue rescind reshape resubmit restructure resync retain retire
        retract reupload reverse revise rewrite scaffold standardize stitch supersede suppress symlink transmit transpose tweak
        unfreeze unhide unmount unpause unschedule unset warn withhold emulate disarm
        alter tune align hover scroll
    """),
    Category.EXECUTE: words("""
        execute exec eval invoke launch start stop restart reboot spawn redeploy rollback compile rebuild trigger dispatch
        perform rerun retry replay resume pause halt abort interrupt shutdown hibernate
        install reinstall upgrade downgrade bootstrap autoscale cordon uncordon failover failback
        navigate goto click dblclick tap drag swipe
        orchestrate automate inject interact
        sudo ssh recreate relaunch retrain intercept
    """),
    Category.DESTRUCTIVE: words("""
        delete remove destroy purge erase wipe truncate prune clear flush expunge obliterate nuke shred discard
        uninstall terminate kill reset rm rmdir del evict
        deprovision decommission teardown undeploy
        revoke invalidate nullify cleanup deallocate forget
    """),
    Category.FINANCIAL: words("topup cashout"),
}

LEADING: dict[Category, frozenset[str]] = {
    Category.READ: words("""
        search query view look watch scan report trace filter sort group aggregate join sample count rank match quote audit
        capture export dump convert format transform transcode combine resolve diff proofread
        cat head tail tree top du df ps dir glob open track map roll benchmark lint debug profile select choose pick
        screenshot load explain review help survey research receive listen visit poll harvest backtest score hash sanitize normalize simplify strip screen stream round sum average
    """),
    Category.WRITE: words("""
        post mail email book forward compose download commit push stage share reply tag star like vote flag archive ban block link pin
        mark new pull release stash supply keep return mention contact hide hire mount pop print produce raise ring play seek ship speak say transition turn zoom
        arm chat whitelist blacklist leave enter exit register fork input schedule request process hold skip undo redo
        sign stamp seal repair fix heal optimize optimise vacuum unload backup copy sync cache handle
        switch rotate wrap unwrap bundle issue label note record log draft plan place
        claim setup split flip draw index queue
        mint burn swap bridge
    """),
    Category.EXECUTE: words("""
        run call build test deploy press type scale drain signal step evaluate operate control delegate
        wake do use end rollout train reload exploit attack fire
    """),
    Category.DESTRUCTIVE: words("drop trash empty clean zap expire void"),
    Category.FINANCIAL: words("""
        pay prepay repay refund withdraw purchase buy sell redeem donate remit disburse reimburse
        unstake restake lend borrow liquidate invest reinvest wager transfer
        autoinvest autoreinvest autoborrow autorepay autoredeem autobuy autosell recurringbuy copytrade
        charge trade stake deposit exchange fund settle checkout bet bid order payout bill debit credit sponsor compensate tip
    """),
}

RARELY: dict[Category, frozenset[str]] = {
    Category.READ: words("""
        status history stats statistics info information details detail summary overview balance metrics usage version schema
        screenshot snapshot findings results logs healthcheck directions uptime whois changelog news weather forecast price prices quote rate rates ticker
    """),
    Category.WRITE: words("comment message document title name color shape reminder setting creation"),
    Category.EXECUTE: words("""
        command cmd script shell bash zsh powershell terminal repl interpreter execution
        sql job workflow automation deployment invocation
    """),
    Category.DESTRUCTIVE: words("deletion removal destruction"),
    Category.FINANCIAL: words("""
        payment refund withdrawal transaction invoice donation order purchase payout redemption repayment subscription tip
    """),
}

#: Two words that are one thing.
COMPOUND: dict[tuple[str, str], str] = {
    ("pull", "request"): "pr",
    ("merge", "request"): "pr",
    ("pull", "requests"): "prs",
    ("merge", "requests"): "prs",
    ("order", "book"): "depth",
    ("gift", "card"): "giftcard",
    ("release", "notes"): "changelog",
    ("read", "only"): "readonly",
    ("one", "click"): "oneclick",
    ("margin", "call"): "margincall",
    ("position", "mode"): "positionmode",
    ("hedge", "mode"): "hedgemode",
    ("margin", "mode"): "marginmode",
    ("margin", "type"): "margintype",
    ("asset", "mode"): "assetmode",
    ("assets", "mode"): "assetsmode",
    ("multi", "asset"): "multiasset",
    ("multi", "assets"): "multiasset",
    ("trading", "mode"): "tradingmode",
    ("auto", "invest"): "autoinvest",
    ("auto", "subscribe"): "autosubscribe",
    ("auto", "compound"): "autocompound",
    ("auto", "reinvest"): "autoreinvest",
    ("auto", "borrow"): "autoborrow",
    ("auto", "repay"): "autorepay",
    ("auto", "redeem"): "autoredeem",
    ("auto", "buy"): "autobuy",
    ("auto", "sell"): "autosell",
    ("recurring", "buy"): "recurringbuy",
    ("investment", "plan"): "investmentplan",
    ("savings", "plan"): "savingsplan",
    ("copy", "trading"): "copytrading",
    ("copy", "trade"): "copytrade",
    ("copy", "trader"): "copytrader",
    ("hash", "rate"): "hashrate",
    ("hash", "power"): "hashpower",
}

#: Two words that are one verb.
PHRASAL: dict[tuple[str, str], str] = {
    ("look", "up"): "lookup",
    ("log", "in"): "login",
    ("log", "out"): "logout",
    ("sign", "in"): "login",
    ("sign", "out"): "logout",
    ("sign", "up"): "signup",
    ("set", "up"): "provision",
    ("turn", "on"): "enable",
    ("turn", "off"): "disable",
    ("switch", "on"): "enable",
    ("switch", "off"): "disable",
    ("power", "on"): "start",
    ("power", "off"): "shutdown",
    ("shut", "down"): "shutdown",
    ("spin", "up"): "launch",
    ("bring", "up"): "launch",
    ("compose", "up"): "launch",
    ("compose", "build"): "rebuild",
    ("compose", "run"): "launch",
    ("bring", "down"): "teardown",
    ("tear", "down"): "teardown",
    ("compose", "down"): "teardown",
    ("kick", "off"): "trigger",
    ("roll", "back"): "rollback",
    ("re", "run"): "rerun",
    ("auto", "cancel"): "cancel",
    ("auto", "close"): "close",
    ("re", "index"): "reindex",
    ("clean", "up"): "cleanup",
    ("wipe", "out"): "wipe",
    ("hard", "reset"): "reset",
    ("dry", "run"): "simulate",
    ("wait", "for"): "wait",
    ("who", "am"): "whoami",
    ("go", "back"): "goto",
    ("go", "forward"): "goto",
    ("go", "to"): "goto",
    ("opt", "out"): "unsubscribe",
    ("top", "up"): "topup",
    ("cash", "out"): "cashout",
    ("pay", "out"): "payout",
    ("check", "out"): "checkout",
    ("un", "stake"): "unstake",
    ("double", "click"): "click",
    ("right", "click"): "click",
    ("cherry", "pick"): "merge",
    ("fill", "out"): "fill",
    ("fill", "in"): "fill",
    ("take", "screenshot"): "screenshot",
    ("take", "snapshot"): "screenshot",
    ("take", "photo"): "screenshot",
    ("take", "picture"): "screenshot",
    ("print", "env"): "show",
}

#: They say how, not what: the verb that follows speaks (`bulk_delete`, `force_push`, `propose_remove`).
MANNER = words("""
    bulk batch mass multi force soft hard safe safely quick fast auto async sync silently permanently
    try request schedule prepare begin do run process
""")

#: LEADING words that are nouns so often that a description outranks them even where an imperative stands.
NOUNISH = words("""
    issue label note log record book mail email tag post link page place plan map group order trade index report review profile
    stage release branch fork template star queue cache screenshot sample rank capture download tree top head tail
    autoinvest autoreinvest autoborrow autorepay autoredeem autobuy autosell recurringbuy copytrade
    deposit exchange charge fund stake bid bet request process track copy backup load share design draft stamp seal
    contact leave train whitelist blacklist bill debit credit tip sponsor play print score hash screen stream mount transition ship chat void fire test build script schedule control step signal scale compose archive vote flag image type select trace scan
""")
#: The `-s` form of a verb that is as often several things: `updates` of a system.
PLURALS = words("""
    updates changes sets uploads imports triggers starts stops checks measures estimates reads writes merges extracts forecasts lists
    answers highlights displays restores registers commits upgrades launches moves
""")
#: One beside the other they are both meant, without a word between: `add_remove`, `start_stop`.
TWINS = words("""
    create add insert append update edit modify upsert delete remove enable disable start stop restart pause resume lock unlock
    mute unmute archive unarchive follow unfollow assign unassign attach detach show hide
    confirm propose approve submit reject
""")
#: `book_search` and `order_view` do what the last word says.
LOOKUPS = words("search view query lookup browse filter")
#: They say that something is done, the noun after them what: `performs a search`.
LIGHT = words("perform conduct do make initiate execute run")
#: Their history is something to read.
CHANGES = words("change update edit import upload upgrade install merge restart publish")
#: Nouns that are made of verbs, before `of`: `deletion of records`.
NOMINAL: dict[str, str] = {
    "creation": "create", "deletion": "delete", "removal": "remove", "modification": "modify", "cancellation": "cancel",
    "execution": "execute", "submission": "submit", "retrieval": "retrieve", "registration": "enroll",
    "installation": "install", "termination": "terminate", "insertion": "insert", "activation": "activate",
    "deactivation": "deactivate", "destruction": "destroy", "publication": "publish",
    "assignment": "assign", "deployment": "launch", "revocation": "revoke", "restoration": "restore",
}  # fmt: skip
#: They open or shut what is there.
SWITCHES = words("enable disable activate deactivate toggle allow permit")
#: They say so little that another verb of the name speaks before them: `manage_users_delete`.
GENERAL = words("manage handle maintain administer")
#: Verbs that are written together with their object: `createissue`.
RUN_TOGETHER = words("""
    get list create delete remove update insert fetch search send edit cancel copy rename execute describe query download upload
    close merge add run read write find move
""")

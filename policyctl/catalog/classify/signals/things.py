"""What tools act on, in families. A word may belong to several; the singular stands here."""

from __future__ import annotations

from policyctl.catalog.classify.signals.words import words

#: What carries money when it is made, sent, confirmed or cancelled.
PAYMENT = words("""
    payment charge refund payout transfer withdrawal deposit invoice bill loan repayment remittance donation tip escrow
    debit credit money fund cash purchase mandate giftcard checkout
""")
ORDER = words("order trade position bid bet wager swap oco")
SUBSCRIPTION = words("subscription membership")
ASSET = words("""
    asset coin crypto cryptocurrency bitcoin ether ethereum eth weth beth wbeth steth wsteth btc wbtc bnb wbnb matic wmatic avax wavax
    sat usdc usdt sol nft erc20 erc721 stablecoin dust collateral margin liquidity stake
    share stock fund gift
""")
TRANSACTION = words("transaction tx txn userop")
LEVERAGE = words("leverage margin collateral ltv margincall")
#: How an account trades: which positions it may hold, and what stands for their losses. Compounds of `verbs` spell them.
TRADING_MODE = words("positionmode hedgemode marginmode margintype assetmode assetsmode multiasset tradingmode")
#: What buys, sells or lends again and again, once it is set.
STANDING = words("""
    autoinvest autosubscribe autocompound autoreinvest autoborrow autorepay autoredeem autobuy autosell recurringbuy
    investmentplan savingsplan dca
""")
#: Money that follows the trades of others.
COPIED = words("copytrading copytrade copytrader")
#: Computing power that is let for what it earns.
LET = words("hashrate hashpower")
#: A record or a warning about money is not the money.
ABOUT = words(
    "report statement summary alert alarm notification reminder note label chart watchlist list webhook document"
)
#: Switched on, they open ways to lose money.
DOOR_TO_LOSS = words("margin futures derivatives leverage withdraw withdrawal withdrawals")
#: The margin of these is a blank space.
LAID_OUT = words("page css style layout document cell paragraph print")
#: They turn where they point: a mode of one is not a mode of trading.
DRIVEN = words("motor servo joint robot axis actuator camera")
#: What is earned and can be taken out.
REWARD = words("reward airdrop yield dividend prize bonus fee interest earning")

#: Whoever reads one can act as its owner.
SECRET = words("""
    secret password passphrase passcode credential keypair mnemonic otp totp apikey kubeconfig keystore dotenv env cookie
""")
#: A credential as the head of these pairs only: `token` and `key` alone are too many things.
SECRET_PAIRS = frozenset({
    ("api", "key"), ("private", "key"), ("access", "key"), ("secret", "key"), ("access", "token"), ("auth", "token"),
    ("api", "token"), ("bearer", "token"), ("refresh", "token"), ("session", "token"), ("environment", "variable"),
    ("env", "var"), ("ssh", "key"), ("signing", "key"), ("service", "key"), ("provisioning", "key"), ("seed", "phrase"),
    ("personal", "token"), ("encryption", "key"), ("listen", "key"), ("kube", "config"), ("connection", "string"),
})  # fmt: skip
#: Who may do what: a wrong change opens a door.
ACCESS = words("""
    role permission policy acl rbac grant privilege scope admin owner ownership collaborator member firewall whitelist allowlist
    visibility entitlement saml sso mfa rolebinding clusterrole iam authorization ingress egress
""")
ACCESS_PAIRS = frozenset({
    ("access", "list"), ("access", "rule"), ("security", "group"), ("branch", "protection"), ("trusted", "origin"),
    ("service", "account"), ("access", "control"), ("ip", "list"), ("db", "user"), ("database", "user"),
})  # fmt: skip

PROCESS = words("""
    run job build execution workflow pipeline process instance container pod vm server service cluster session
    deployment crawl training scan render machine node
""")
CODE = words(
    "code script command sql javascript js python shell bash notebook cell query program snippet statement expression"
)
#: What a query is called that says itself that it only reads.
QUERIES = words("query sql cypher statement database db table warehouse")
DATABASE = words("sql database db table warehouse")
MESSAGE = words("mail email message sms chat dm conversation thread inbox mailbox draft newsletter")
NOTICE = words("notification alert event topic webhook feed channel newsletter stream mailing calendar watcher")
WEB = words("url page web site website webpage html link browser article")
TRACKED = words(
    "issue ticket thread incident alert conversation dispute case comment bug task discussion problem finding pull pr"
)
NAMED = words("""
    id name library dns domain address host hostname url uri handle username reference path dependency entity ens symbol
    redirect package version ip
""")
MEDIA = words("image picture photo video audio speech voice music song animation model mesh texture avatar artwork")
CHART = words("chart diagram plot map graph figure histogram treemap heatmap visualization mindmap qr barcode")
#: What is paid for when it is booked.
TRAVEL = words(
    "flight hotel room car rental trip seat cruise train ride accommodation stay reservation booking itinerary"
)
FAVOURITE = words("watchlist wishlist cart basket favorite favourite bookmark")
TEXT = words(
    "text string html markdown json xml csv yaml number unit currency time date timezone color temperature base64"
)
DISK = words("disk drive volume partition filesystem")
SELECTION = words("selection highlight filter screen console breakpoint clipboard form")
UI = words("option element tab dropdown checkbox button form field key dialog mouse keyboard window")
APP = words("app application program terminal session dashboard")
ACCOUNT_SECRET = words("password credential mfa factor authenticator pin passcode")
INFRA = words("manifest terraform plan infrastructure migration stack playbook")
VCS = words("branch commit ref git tag revision repository")
#: What can be handed over and is not money.
HANDED = words("""
    file ownership owner issue repository repo call chat ticket domain project data object lead task agent control conversation
    user customer caller human person
""")
ESTIMATE = words(
    "locator url uri link deeplink uuid id hash random summary suggestion recommendation insight idea name lorem schema diff query example path integer int float number"
)

#: Personal or inner matters: reading them gives an agent what must not leave.
PRIVATE = (
    MESSAGE
    | SECRET
    | words("""
    file document note calendar contact customer user account invoice transaction order drive attachment profile patient
    employee record row repository memory journal health payment statement portfolio position balance wallet log photo folder
    directory member person lead crm deal opportunity task event meeting observation clipboard issue commit payroll salary
    reservation booking transcript
""")
)
#: What strangers can write into: a text in it may be meant for the model.
UNTRUSTED = (
    MESSAGE
    | WEB
    | words("""
    issue comment review discussion post tweet feed rss news ticket pull commit readme story forum channel reddit wiki
    advisory search transcript subtitle attachment gist web internet submission response feedback reply paper
""")
)

#: Words after the head of a thing that say which one, not what.
MODIFIERS = words("""
    v1 v2 v3 async batch all new one many by id ids test beta lite bulk now single multiple raw full data sync only
""")
#: The object ends where a preposition starts.
PREPOSITIONS = words("""
    in on for from to with by using via into onto within between across at through against per without under over about
    after before during based given if when where which that so as and or of than
""")
#: A list of these is still about the thing: `status of order`, `all of the orders`.
ARTICLES = words(
    "a an the any all some this that these those its their your our my one new existing specific given certain specified multiple single every each up two three four five ten several both"
)
#: At the end of a name they make it something to read, whatever verb stands before as a noun.
RECORD_TAILS = words("""
    status history list info information details detail count stats statistics summary overview metadata quota record records log logs
    ratio ticker tickers depth klines candles quote quotes price prices rate rates types methods signals apr apy number height
""")
#: These only behind a word that is a noun more often.
READING_TAILS = RECORD_TAILS | words("""
    state result results health version versions usage metrics balance balances fee fees limits risk analysis performance holdings
    availability address addresses id ids name names hash schedule recommendations suggestions
""")
CELL = words("cell range column row paragraph slide layer node heading")
#: Who returns one gives it back.
GOODS = words("item order product good purchase package parcel")
#: Written together, and no verb with its object.
WHOLE = words(
    "changelog checklist dataset runtime payload listener listing readme getter addon address download upload"
)
NUMBER = words("number integer float vector matrix fraction digit numeral value")

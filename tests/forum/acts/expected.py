"""Who may do what in the forum, and when. See `reading` for how a table is read, `world` for who is who.

A new action, act or state fails the test until it stands here.
"""

POST = """
publish_post      | pending                     | moderators
                  | a_moderators a_moderators_hidden | first administrator: AlreadyHandled; moderator: OwnPost
                  | *                           | moderators: AlreadyHandled
reject_post       | pending                     | moderators
                  | a_moderators a_moderators_hidden | first administrator: AlreadyHandled; moderator: OwnPost
                  | *                           | moderators: AlreadyHandled
hide_post         | published aged in_closed_topic | moderators
                  | a_moderators                | first administrator; moderator: OwnPost
                  | a_moderators_hidden         | first administrator: AlreadyHandled; moderator: OwnPost
                  | *                           | moderators: AlreadyHandled
restore_post      | hidden rejected             | moderators
                  | a_moderators                | first administrator: AlreadyHandled; moderator: OwnPost
                  | a_moderators_hidden         | first administrator; moderator: OwnPost
                  | *                           | moderators: AlreadyHandled
delete_own        | hidden deleted a_moderators_hidden |
                  | a_moderators                | moderator
                  | *                           | author
edit_post         | deleted                     |
                  | rejected hidden             | moderators
                  | a_moderators_hidden         | first administrator
                  | aged                        | moderators; author: TooLate
                  | in_closed_topic             | moderators; author: TopicClosed
                  | a_moderators                | moderators
                  | *                           | moderators; author
correct_post      | published aged in_closed_topic | moderators
                  | a_moderators                | first administrator; moderator: OwnPost
                  | a_moderators_hidden         | first administrator: AlreadyHandled; moderator: OwnPost
                  | *                           | moderators: AlreadyHandled
penalise warn     | a_moderators a_moderators_hidden | administrator; moderator: OwnPost
                  | *                           | moderators
penalise silence  | a_moderators a_moderators_hidden | administrator; moderator: OwnPost
                  | *                           | moderators
penalise suspend  | a_moderators a_moderators_hidden | administrator; moderator: OwnPost
                  | *                           | moderators
report_post       | published aged in_closed_topic | member silenced editor moderators outsider
                  | a_moderators                | member author silenced editor first administrator outsider
                  | *                           |
react             | published aged in_closed_topic | member editor moderators outsider
                  | a_moderators                | member author editor first administrator outsider
                  | *                           |
read              | published aged in_closed_topic a_moderators | everybody
                  | a_moderators_hidden         | moderator
                  | deleted                     |
                  | *                           | author
"""

OPENING = """
publish_post      | pending                     | moderators
                  | a_moderators_pending        | first administrator; moderator: OwnPost
                  | a_moderators a_moderators_rejected | first administrator: AlreadyHandled; moderator: OwnPost
                  | *                           | moderators: AlreadyHandled
reject_post       | pending                     | moderators
                  | a_moderators_pending        | first administrator; moderator: OwnPost
                  | a_moderators a_moderators_rejected | first administrator: AlreadyHandled; moderator: OwnPost
                  | *                           | moderators: AlreadyHandled
hide_post         | published answered          | moderators
                  | a_moderators                | first administrator; moderator: OwnPost
                  | a_moderators_pending a_moderators_rejected | first administrator: AlreadyHandled; moderator: OwnPost
                  | *                           | moderators: AlreadyHandled
restore_post      | hidden rejected             | moderators
                  | a_moderators_rejected       | first administrator; moderator: OwnPost
                  | a_moderators a_moderators_pending | first administrator: AlreadyHandled; moderator: OwnPost
                  | *                           | moderators: AlreadyHandled
delete_own        | pending published rejected  | author
                  | a_moderators a_moderators_pending a_moderators_rejected | moderator
                  | *                           |
"""

TOPIC = """
reply             | published pinned solved merged | writers
                  | locked                      | writers: TopicClosed; moderators
                  | *                           |
follow_topic      | published locked pinned solved | members
                  | merged deleted              |
                  | *                           | author
accept_answer     | published locked pinned solved | author moderators
                  | merged                      | moderators
                  | *                           |
unaccept_answer   | published locked pinned solved | author moderators
                  | merged                      | moderators
                  | *                           |
set_tags          | pending published pinned solved | author moderators
                  | merged                      |
                  | *                           | moderators
set_locked on     | locked                      | moderators: AlreadyHandled
                  | merged                      |
                  | *                           | moderators
set_locked off    | locked                      | moderators
                  | merged                      |
                  | *                           | moderators: AlreadyHandled
set_pinned on     | pinned                      | moderators: AlreadyHandled
                  | merged                      |
                  | *                           | moderators
set_pinned off    | pinned                      | moderators
                  | merged                      |
                  | *                           | moderators: AlreadyHandled
move_topic        | merged                      |
                  | *                           | moderators
move_topic out of scope | merged                |
                  | *                           | moderator administrator
merge_topics      | published locked pinned solved | moderators
                  | merged                      |
                  | *                           | moderators: NotMovable
split_topic       | published locked pinned solved | moderators
                  | merged                      |
                  | *                           | moderators: NotMovable
ask_consent       | published locked pinned solved | editor administrator
                  | *                           |
"""

CATEGORY = """
read              | public                      | everybody
                  | members                     | members
                  | staff                       | editor moderators outsider barred
start_topic       | public members              | writers
                  | staff                       | editor moderators outsider
follow_category   | public members              | members
                  | staff                       | editor moderators outsider barred
"""

REPORT = """
read              | *                           | everybody
report_post       | open                        | silenced editor moderators outsider; member: AlreadyReported
                  | a_moderators                | author silenced editor first administrator outsider; member: AlreadyReported
                  | *                           | silenced editor moderators outsider member
dismiss_reports   | open                        | moderators
                  | a_moderators                | first administrator; moderator: OwnPost
                  | *                           | moderators: AlreadyHandled
"""

NOTICE = """
settle_notice     | open                        | moderator administrator
                  | *                           | moderator administrator: AlreadyHandled
read_in_admin     | *                           | moderator administrator
"""

DECISION = """
read              | *                           | author
file_appeal       | open suspension             | author
                  | appealed upheld overturned  | author: AlreadyAppealed
                  | withdrawn expired           | author: NotAppealable
"""

APPEAL = """
decide_appeal upheld     | open                 | moderator administrator; first: OwnDecision
                         | a_moderators         | administrator; moderator first: OwnDecision
                         | *                    | moderators: AlreadyHandled
decide_appeal overturned | open                 | moderator administrator; first: OwnDecision
                         | a_moderators         | administrator; moderator first: OwnDecision
                         | *                    | moderators: AlreadyHandled
read_in_admin            | *                    | moderators
"""

PENALTY = """
lift_penalty      | lifted                      | first administrator: AlreadyHandled
                  | a_moderators                | administrator
                  | *                           | first administrator
"""

FILE = """
read              | unsent                      | author
                  | published                   | everybody
                  | deleted                     | moderators
                  | *                           | author moderators
describe          | unsent                      | author
                  | *                           |
detach            | unsent                      | author
                  | *                           |
"""

DRAFT = """
discard_draft     | *                           | author
"""

PROPOSAL = """
read_consent      | *                           | author
ask_consent       | drafted published           | editor administrator: AlreadyMade
                  | *                           | editor administrator
answer_consent    | published                   | author: AlreadyPublished
                  | *                           | author
make_practice     | agreed                      | editor administrator
                  | asked declined              | editor administrator: NothingAgreed
                  | *                           | editor administrator: AlreadyMade
drop_proposal     | drafted published           | editor administrator: AlreadyMade
                  | *                           | editor administrator
"""

FORUM = """
attach                        | * | writers
save_draft                    | * | writers
assign_moderators             | * | administrator
give a notice                 | * | everybody
read the rules                | * | everybody
read the transparency report  | * | everybody
read own cases                | * | account members
read the queue                | * | moderators outsider
read the decisions            | * | moderators outsider
change a rule                 | * | moderators outsider
change a category             | * | moderators outsider
"""

# What asks nobody, for it changes only what belongs to the account that it is given.
ONES_OWN = {
    "keep_preferences",
    "mark_all_read",
    "mark_read",
    "mark_topic_read",
    "resume_mail",
    "set_preferences",
    "unsubscribe",
}
# What no person does here: periodic tasks, the admin's own forms, the mail server's word, leaving for good.
NOBODYS = {
    "compare_with_page",
    "concerned",
    "forget_author",
    "forget_reporter",
    "prune_attachments",
    "prune_drafts",
    "revise_rule",
    "stop_mail",
}
# A notice is everybody's to give: the page is tried in FORUM, the action asks for nobody. Whoever sent
# a report contests it: the page knows who did, by account or by a signed word.
EVERYBODYS = {"contest_report", "give_notice"}

### What residents, officers and group leaders read in the chat.

## General

as-is = { $text }
in-your-language = { "en" ->
    [en] { $en }
   *[vi] { $vi }
}
not-found = Not found. Please check and try again.
trouble = Something went wrong with your last message. It is kept and somebody will look at it. If it cannot wait, call { $police }.
slow-down = All your messages arrived. Go on sending; we keep them all but will not answer each one. If it cannot wait, call { $police }.
too-many = That was too fast, so your last message was not kept. Please wait a minute and send it again. In danger call { $police }, { $fire } or { $ambulance }.
button-stale = This choice no longer works. Type /help to see what you can do.
cannot-read = I cannot read this kind of message yet. Please send words, a photo, a voice note, a video or your location.
cancelled = Stopped. Write whenever you need to.
list-more = See more
list-hint = Answer with a number, for example: 1
list-stale = That number belongs to no list that waits for an answer. Write in words, or type "menu" to see what you can do.
list-no-such = { $n ->
    [1] The list has one entry only. Please choose again:
   *[other] The list only has 1 to { $n }. Please choose again:
}
words-please = Please answer in words.
private-please = To keep you safe, please write to me privately, not in the group.
minutes = { $n } min
hours = { $n } h
days = { $n } days
time-left = { $time } left
late-by = { $time } late
language-vi = Tiếng Việt
language-en = English
choose-language = Bà con muốn dùng tiếng nào? / Which language?
language-set = From now on we speak English.

## Welcome and help

welcome = Welcome! This is Tin Báo. Tell the local police whatever worries you: theft, fights, fraud, drugs, fire, accidents…
welcome-commune = Welcome, people of { $commune }! This is Tin Báo. Tell the local police whatever worries you.
help = Just write as you speak: what, where, when. A photo, a voice note or your location will do, too. The police do not learn who you are unless you allow it.
help-numbers = In danger call at once: { $numbers }.
help-officer = Officers: /viec open cases · /truc go on duty · /nghitruc go off duty.
help-leader = Group leaders: one line is enough, such as “tuần tra 3 người 22h-1h ấp 4”. /ghi log by form · /hoatdong see, correct, delete · /thang the month.
tell-us = Tell me: what happened, where, when? Words, a photo, a voice note or your location.
link-unknown = This link does not work. You can still report here as usual.
you-are-welcome = Thank you. Write whenever you need to.
not-a-tip = I did not take this for a report, so it was not sent to the police. If the police should look at it, choose it below or tell more: what and where.
maybe-danger = If this is really happening, choose “{ button-is-tip }” below: the duty police get it at once. I was not sure that it is a report, so it was not sent yet.

## Questions and answers

faq-answer = { $text }
faq-local = Papers and office hours may differ from place to place. To be sure, ask the officer on duty.
ask-police-now = What would you like to ask? Write it here, and the officer on duty will answer. If it is urgent, call { $police }.
question-passed-on = Your question has gone to the officer on duty of { $unit }. I will write as soon as there is an answer. If it is urgent, call { $police }.
question-nobody = Your question is kept, but nobody is on duty at the moment. If it is urgent, call { $police }.
question-enough = You have asked several questions; please wait for the officer's answers. If it is urgent, call { $police }.
question-title = ❔ A resident asks at { $at }: “{ $text }”
question-answered = ✅ { $name } has answered: “{ $text }”
question-waits = ⏳ Nobody has answered this question of { $at } yet: “{ $text }”
question-may-be-tip = 👮 The officer thinks that what you ask about may be something for the police to look into. If so, choose it below to report it. The police still do not know who you are.
answer-now = Write the answer to: “{ $text }”
answer-passed-on = Your answer has been passed on.
already-answered = This question has been answered already.
police-answer = 👮 The officer on duty answers “{ $question }”: { $text }
button-ask-police = 🙋 Ask an officer
button-answer = ✍️ Answer
button-tell-as-tip = 📣 Should be reported

## Several apps, one person

link-code = Within 15 minutes, open the other app (Zalo, Telegram or the web page) and send Tin Báo this code: { $code }. Give it to nobody.
link-code-unknown = That code is wrong, used already, or older than 15 minutes. Type /link in the other app for a new one.
linked = ✅ Linked with your { $channel }. What you reported can be seen in both.
linked-here = 🔗 This chat has just been linked with { $channel }. If that was not you, undo it now.
where-to-tell = Where do you want to get answers?
tell-there = From now on Tin Báo writes to you on { $channel }.
not-linked = This chat is not linked with any other. Type /link to link one.
unlinked = Undone. This chat is no longer linked with any other.
unlinked-there = Your { $channel } has been unlinked from this chat.
button-link = 🔗 Link another app
button-unlink = ✂️ Undo the link
channel-stopped = ⚠️ { $channel } has not been able to send since { $at } ({ $why }). What waits goes another way where the reader has one. See `tinbao doctor`.
channel-back = ✅ { $channel } can send again.
message-failed = ⚠️ Message { $number } broke the machine ({ $error }). It is kept whole; after a fix, run `tinbao replay`.
message-set-aside = ⚠️ A message to be sent broke the machine ({ $error }, { $place }). It is set aside, the others go on. It is sent again after an upgrade; or run `tinbao replay` after a fix.
timer-set-aside = ⚠️ Something that is done by the clock broke the machine ({ $error }, { $place }). It is set aside and tried again; everything else goes on. Please tell the maintainers.
quota-low = ⚠️ { $channel } has used { $used } of { $limit } messages of this month. The rest is kept for alerts and answers.

## A resident's buttons

button-report = 📣 Report
button-my-tips = 📋 My reports
button-code = 🔎 Look up a code
button-language = 🌐 Tiếng Việt
button-is-tip = 📣 Yes, it is a report
button-right = ✅ Right
button-fix-category = ✏️ Fix the kind
button-fix-place = 📍 Fix the place
button-fix-urgency = ⏱ Fix how urgent
button-may-contact = 📞 Police may contact me
button-anonymous = 🔒 Stay anonymous
button-only-here = 💬 Only through this chat
button-withdraw = ↩️ Withdraw
button-withdraw-yes = Withdraw
button-keep = Keep it
button-add = ➕ Add more
button-other-matter = This is another matter
button-more = Another kind…
button-back = ‹ Back
button-share-place = 📍 Share my location

## Reports

call-now = 🚨 CALL { $number } NOW! Keep away from danger. Your report has gone to the duty police, too.
tip-received = ✅ Report { $code } received. Thank you.
tip-corrected = ✏️ Report { $code } corrected.
tip-added = ➕ Added to report { $code }.
tip-place-now = Place: { $place }.
understood = I understand: { $category } · { $place } · { $urgency }.
place-unknown = place not known yet
you-are-anonymous = 🔒 The police do not know who you are.
you-may-be-contacted = 📞 The police may contact you.
ask-place = Where is it? A hamlet, a street, something near by, or share your location.
ask-which-place = Several places bear this name. Please choose:
ask-what = Please tell me more: what is happening?
ask-what-and-where = Please tell me more: what is happening, and where?
choose-category = What is it about?
choose-urgency = How urgent is it?
confirmed = Thank you!
corrected = Corrected
add-now = Send more for report { $code }: words, a photo, a voice note or your location.
ask-reached-by = Give a name and a telephone number for the police to call, or stay with this chat. Only the police in charge of this report will see it.
withdraw-sure = Withdraw report { $code }?
withdrawn = Report { $code } is withdrawn. Thank you for telling us.
withdrawn-taken = We noted that you withdraw report { $code }. The police are already looking into it and will decide what comes next.
your-tips = Your latest reports:
no-tips-yet = You have not reported anything here yet.
ask-code = Please send the code, such as TB-4K7M-92XQ.
code-malformed = A code looks like TB-4K7M-92XQ. Please check it.
code-unknown = No report has this code. Please check each letter.
too-many-codes = Too many wrong codes. Please try again in an hour.
status-new = { $code }: sent to the duty police at { $at }, waiting to be taken up.
status-taken = { $code }: the police are working on it.
status-closed = { $code }: done. { $outcome }
status-withdrawn = { $code }: withdrawn.
outcome-told-handled = The police dealt with it.
outcome-told-handed_over = It was handed to the investigation agency.
outcome-told-unfounded = The police looked into it and did not find what was reported.
outcome-told-duplicate = Others reported the same; it is handled together.

## The police answer

told-taken = 👮 The police have taken up { $code }.
told-passed-on = Report { $code } was passed on to { $unit }.
told-handled = ✅ Report { $code }: the police have dealt with it.
told-handed_over = ✅ Report { $code }: the police handed the file to the investigation agency.
told-unfounded = Report { $code }: the police looked into it and did not find what was reported. If there is news, please tell us.
told-duplicate = Report { $code } is handled together with another one on the same matter.
told-thanks = Thank you for keeping the neighbourhood safe.
told-reopened = The police are looking at report { $code } again.
police-ask = 👮 The police ask about report { $code }: “{ $text }” Just answer here; they still do not know who you are.
answer-sent = Your answer on report { $code } went to the police. Thank you.

## The police card

card-title = { $urgency } · { $category }
card-code = { $code } · received { $at }
card-place = 📍 { $place }
card-said = “{ $text }”
card-media = 📎 { $photos } photos · { $voices } voice notes · { $videos } videos · { $files } files
card-reporters = 👥 { $count } people reported this
card-anonymous = 🔒 Anonymous reporter
card-may-contact = 💬 The reporter may be asked
card-reachable = 📞 Contact: { $by }
card-alike = 👥 May be the same event as { $code }
button-same = 👥 The same event
button-differ = Another event
card-withdrawn = ↩️ Withdrawn by the reporter
card-new = 🔴 Nobody has it yet
card-take-by = ⏳ To be taken: { $left } (by { $at })
card-taken = 🟢 { $name } has it
card-asked = ❓ Reporter asked, waiting for an answer
card-closed = ⚪ Closed: { $outcome }
card-merged = Together with { $code }
card-answer-by = 📅 Answer the reporter: { $left } (by { $at })
card-passed-on = { $code } was passed on to { $to }.
a-colleague = officer { $n }
button-take = ✋ I take it
button-ask = ❓ Ask the reporter
button-not-ours = ↪️ Not ours
button-correct = ✏️ Correct
button-close = ✅ Close
button-reopen = 🔄 Reopen
button-to-province = To the province's duty desk
outcome-handled = Handled
outcome-handed_over = To the investigation agency
outcome-unfounded = Unfounded
outcome-duplicate = Duplicate
you-have-it = It is yours
taken-by = { $name } has it already
case-moved-on = The case has moved on; this choice no longer fits
question-where = Where exactly?
question-still = Is it still going on?
question-hurt = Is anybody hurt?
ask-reporter-how = Choose a ready question, or type one for the reporter of { $code }.
question-sent = Your question on { $code } is on its way.
pass-on-to-whom = Which commune does { $code } belong to? Type its name, or choose the province's duty desk.
passed-on = { $code } went to { $unit }.
place-not-found = No such commune found. Please type the name again.
which-of-these = Please choose:
ask-same-as = Which report is { $code } the same as? Type that code.
note-added = ➕ { $code }, the reporter adds: “{ $text }”
note-answer = 💬 { $code }, the reporter answers: “{ $text }”
note-withdrawn = ↩️ The reporter withdrew { $code }. You decide what comes next.
note-media = 📎 { $code }
note-point = 📍 { $code }, the place that the reporter shared
files-not-sent = 📎 { $count } attached file(s) could not be sent here.
media-too-large = The file sent with { $code } is over 20 MB and could not be taken. Please send a photo or a shorter video.
media-lost = The file sent with { $code } could not be taken. Please send it again as a photo, video, voice note or PDF.
nobody-took = ⚠️ { $code }, reported at { $at }, still has nobody!
answer-late = ⚠️ { $code }: the reporter's answer is overdue ({ $name } has it).
open-cases = { $count } open cases:
no-open-cases = There are no open cases.
case-in-list = { $mark } { $code } { $category }
mark-emergency = 🚨
mark-none = •
button-cases = 📂 Open cases
button-off-duty = 🌙 Go off duty
on-duty = You are on duty. New reports come here.
off-duty = You are off duty. New reports go to those on duty; if nobody is, they still come here.
joined-office = You have joined { $unit } as { $role }. Reminders and alarms will appear here.
joined-unit = You have joined { $unit } as { $role }. Reports will appear here.
role-officer = duty officer
role-commander = commander
role-committee = steering committee
role-leader = group leader
role-operator = operator
left-duty = All roles of this chat are given back.
invite-unknown = This invite is wrong, used, or too old. Please ask for a new one.

## Kinds and urgencies

category-drugs = Drugs
category-theft_robbery = Theft, robbery
category-fraud = Fraud
category-loan_sharking = Loan sharking
category-gambling = Gambling
category-prostitution = Prostitution
category-trafficking = Human trafficking
category-abuse = Abuse
category-violence = Violence, threats
category-public_disorder = Disorder, noise
category-weapons = Weapons, firecrackers
category-traffic = Traffic
category-fire_safety = Fire
category-smuggling = Smuggled or fake goods
category-environment = Environment
category-corruption = Corruption
category-residence = Residence
category-dispute = Dispute
category-other = Something else
category-not_a_tip = Not a report
urgency-emergency = 🚨 EMERGENCY
urgency-urgent = ⚡ Urgent
urgency-normal = Normal

## Group work

joined-group = Welcome! From now on { $group } logs its work right here.
activity-which-kind = What did the group do?
activity-tell = Tell it in one message: when, how many people, households, result. For example “22h-1h, 3 người, ấp 4”. A photo may go with it.
activity-tell-again = Type it again as it should be, or send photos to add.
activity-send-photo = Send the photos of this activity.
activity-unclear = When was it, and how many people? For example: “22h-1h, 3 người, ấp 4”.
activity-logged = ✅ Logged:
activity-fixed = ✏️ Corrected:
activity-line = { $kind } · { $when }
activity-about = about { $when }
activity-people = { $n } people took part
activity-households = { $n } households
activity-count = Counted: { $n }
activity-result-succeeded = Settled
activity-result-failed = Not settled
activity-result-partly = Settled in part
activity-missing-started_at = When was it?
activity-missing-ended_at = Until when?
activity-missing-people = How many people took part?
activity-missing-households = How many households?
activity-missing-count = How many in number?
activity-missing-result = Was it settled?
activity-missing-place = Where was it?
activity-add-missing = Choose «Correct» and type the whole line again.
activity-photo-kept = Photo added. You can send more.
activity-delete-sure = Delete this activity?
activity-deleted = Deleted.
no-activities = Nothing logged yet. One line is enough, such as “tuần tra 3 người 22h-1h ấp 4”.
month-title = { $group }, { $month }: { $count } activities
month-line = • { $kind }: { $times } times{ $people ->
        [0] { "" }
       *[other] , { $people } people
    }{ $households ->
        [0] { "" }
       *[other] , { $households } households
    }{ $count ->
        [0] { "" }
       *[other] , { $count } counted
    }{ $succeeded ->
        [0] { "" }
       *[other] , { $succeeded } times settled
    }{ $partly ->
        [0] { "" }
       *[other] , { $partly } times in part
    }{ $failed ->
        [0] { "" }
       *[other] , { $failed } times not settled
    }
month-empty = { $group }, { $month }: nothing logged yet.
button-log = 📝 Log an activity
button-activities = 📒 Activities
button-month = 📊 The month
button-this-month = This month
button-last-month = Last month
button-fix = ✏️ Correct
button-delete = 🗑 Delete
button-delete-yes = Delete
button-add-photo = 📷 Add a photo
activity-patrol = Patrol
activity-awareness = Awareness session
activity-mediation = Mediation
activity-fire_check = Fire-safety check
activity-lodging_check = Lodging check
activity-works = Camera, lighting
activity-meeting = Meeting
activity-pledge = Pledges signed
activity-hand_in = Weapons handed in
activity-reintegration_help = Help for people coming home
activity-tip_passed_on = Report passed on
activity-other = Something else

## Reminders and awareness

remind-before = 🗓 Due in { $days } days: { $title } (by { $day }).
remind-today = 🗓 Due today: { $title }.
remind-late = ⚠️ { $days } days overdue: { $title } (was due { $day }).
remind-period = It covers { $start } to { $end }.
button-report-done = ✅ The report is in
report-noted = Noted: { $title } is in. Thank you.
awareness =
    📢 { $title }
    { $text }

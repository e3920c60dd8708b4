### A plan as a person reads it (the command `tinbao plan show`).

## Head

plan-title = Plan { $code }: { $title }
plan-source = Source: { $source }
plan-in-force = In force here: time limits, routing and numbers to call are this plan's.
plan-loaded = Loaded: its deadlines, groups and campaigns are set; time limits, routing and numbers to call are another plan's.
plan-shipped = Comes with the system; not loaded here.
plan-entry = { $title } [{ $code }]
plan-sourced = { $what } ({ $source })
plan-units = Units
plan-unit = { $code } { $name }
plan-unit-was = Formerly: { $names }
plan-notes = Notes

## What is owed

plan-obligations = Reports, meetings and plans that are owed
plan-owed-by = Owed by: { $unit }
plan-each-commune = each commune that this system serves
plan-due = Next due: { $day } (figures from { $start } to { $end })
plan-due-on-demand = Due: when asked for
plan-due-past = Was due and does not come back
plan-told = Reminded
plan-remind = Reminders { $before } days before; { $first } days late once more, then every { $then } days, { $most } times at most
plan-remind-before = Reminders { $before } days before; none when late
plan-late-send = Missed while the system was down: sent all the same
plan-late-skip = Missed while the system was down: left out
role-unit_chat = the unit's group chat

## Campaigns

plan-campaigns = Campaigns
plan-send-next = Next sent: { $clock } on { $day }
plan-send-never = Not sent any more
plan-to = Sent to
plan-to-all = Sent to: everybody in the plan's units
plan-text = “{ $text }”
plan-picture = Picture: { $name }

## Indicators, awards, groups

plan-indicators = Indicators
plan-target = Target: { $target }
plan-at_least = at least { $figure }
plan-more_than = more than { $figure }
plan-at_most = at most { $figure }
plan-less_than = less than { $figure }
plan-drop = a drop of { $target }
plan-rise = a rise of { $target }
plan-percent = { $n } %
plan-percent-part = { $whole }.{ $part } %
plan-computed = Measured: from the system's own data ({ $measure })
plan-entered = Measured: entered by a person for each period
plan-no-figure = Result: no figures yet
measure-tips_handled = tips taken up, of all tips
measure-tips_resolved = tips resolved, of all tips
measure-households_reached = households that a campaign reached, of all households
measure-groups_with_chat = groups with a chat, of all groups
measure-groups_active = groups with activities, of all groups
plan-awards = Awards
plan-awards-caps = At most { $collectives } collectives and { $individuals } individuals may be proposed; leaders are at most { $share } of the individuals ({ $leaders })
plan-groups = Groups
plan-group = { $model }, { $unit }; { $homes } households

## Rules

plan-hotlines = Numbers to call
plan-hotline = { $number } { $name } [{ $code }]
plan-categories = Kinds of tips
plan-handling-criminal = By the limits for reports of crime (first to { $desk })
plan-handling-denunciation = By the limits for denunciations (first to { $desk })
plan-handling-service = By the commune's own limit for an answer (first to { $desk })
plan-desk-commune = the commune's police
plan-desk-province = the province's duty desk
plan-routing = Routing
plan-accuses-police = Tips that accuse police: { $desk }
plan-accuses-official = Tips that accuse officials: { $desk }
plan-no-unit = Tips without a commune, where the system serves none of its own: { $unit }
plan-difficult = Difficult units, with more time to report
plan-limits = Time limits
plan-take = { $urgency }: not taken after { $commander } it goes to the commander, after { $province } to the province's duty desk
plan-criminal-report = Crime: reported within { $report } (difficult units: { $difficult }), file handed over within { $file }
plan-criminal-decide = Crime: decided within { $decide }
plan-criminal-extend = Crime: extended by { $months } months at a time, { $times } times at most, asked for { $before } before the limit
plan-denunciation = Denunciations: settled within { $decide }, extended by { $extend } at a time, { $times } times at most
plan-service = Everything else: answered within { $answer }
seconds = { $n } seconds
plan-care = Protection, floods, what is kept
plan-anonymous = Reporters stay unknown until they say otherwise
plan-named = The police see from the start how to reach a reporter
plan-flood = One person: past { $messages } messages a minute not each is answered, past { $tips } tips an hour nobody is alerted
plan-retention = Personal data is erased after: cases { $cases } days, media { $media } days, raw messages { $inbox } days, words of activities { $activities } days
plan-activities = Kinds of activities
plan-models = Kinds of groups

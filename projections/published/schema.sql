-- What dashboards may read of a programme. The views whose names begin with v1_
-- keep their columns and what these mean; what changes that gets another
-- number. The tables under them are nobody's business.

CREATE TABLE file (digest TEXT NOT NULL) STRICT;

CREATE TABLE programme (id TEXT NOT NULL, name TEXT NOT NULL, started TEXT NOT NULL) STRICT;
CREATE VIEW v1_programme AS SELECT
	id,      -- of the programme
	name,    -- what it is called
	started  -- the day on which it began, as in 2026-03-01
FROM programme;

CREATE TABLE pillars (place INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL, since TEXT NOT NULL) STRICT;
CREATE VIEW v1_pillars AS SELECT
	place,   -- on the sheet, from 1; those that were retired come last
	id,      -- of the pillar; it never changes
	name,    -- as it stands on the sheet now
	status,  -- proposed, adopted or retired
	since    -- the day of that status
FROM pillars ORDER BY place;

CREATE TABLE promises (pillar TEXT NOT NULL, direction TEXT NOT NULL, status TEXT NOT NULL, promises INTEGER NOT NULL) STRICT;
CREATE VIEW v1_promise_counts AS SELECT
	pillar,     -- the id of the pillar under which the promises stand; empty for those under none
	direction,  -- mt for promises of the management team, others for those of others
	status,     -- active, kept, broken, repaired or withdrawn; what was only proposed is in no count
	promises    -- how many there are
FROM promises;

CREATE TABLE keeping (pillar TEXT NOT NULL, direction TEXT NOT NULL, kept INTEGER NOT NULL, broken INTEGER NOT NULL,
	rate INTEGER NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL) STRICT;
CREATE VIEW v1_keeping_rate AS SELECT
	pillar,     -- the id of a pillar; empty for all promises together
	direction,  -- mt for promises of the management team, others for those of others
	kept,       -- how many were kept
	broken,     -- how many were not, repaired ones included, and those that were withdrawn and not explained within fourteen days
	rate,       -- kept among those kept or broken, in hundredths
	low,        -- the lower end of Wilson's interval of 90%, in hundredths
	high        -- its upper end
FROM keeping;

CREATE TABLE checks (round TEXT NOT NULL, promise TEXT NOT NULL, pillar TEXT NOT NULL, closed TEXT NOT NULL,
	score REAL, low REAL, high REAL, in_groups INTEGER NOT NULL, word TEXT NOT NULL) STRICT;
CREATE VIEW v1_checks AS SELECT
	round,      -- the id of a round in which people were asked whether they notice a promise, and whose outcome was shared with everybody
	promise,    -- the id of the promise
	pillar,     -- the id of the pillar under which the promise stands; empty for none
	closed,     -- the day on which the round was closed
	score,      -- how much others notice of it, from 0 to 100; null when a single group is shown, which is no score
	low,        -- the lower end of the interval of 90% around it
	high,       -- its upper end
	in_groups,  -- of how many groups the score is made
	word        -- insufficient, unclear, noticed, underway, not_yet or mixed
FROM checks ORDER BY closed;

CREATE TABLE cells (round TEXT NOT NULL, question TEXT NOT NULL, rater_group TEXT NOT NULL, sees REAL, low REAL, high REAL,
	scale_end TEXT NOT NULL, hears REAL, unseen INTEGER) STRICT;
CREATE VIEW v1_check_groups AS SELECT
	round,        -- the id of the round, as in v1_checks
	question,     -- the id of what was asked
	rater_group,  -- who answered: peers, informal_leaders, employees, or all of those who are shown together; a group below its threshold is not here
	sees,         -- how often they see it done, from 1 (never) to 5 (always), rounded to halves below eight people and to tenths from there; null where scale_end says it
	low,          -- the lower end of the interval of 90% around it
	high,         -- its upper end
	scale_end,    -- seldom or mostly where what a small group gave lies at an end of the scale, empty otherwise
	hears,        -- how often they hear it said, from 1 to 5; null where that is not shown
	unseen        -- how many in a hundred could not observe it, in tens; null where that is not shown
FROM cells;

CREATE TABLE coaching (mt INTEGER NOT NULL, met INTEGER NOT NULL) STRICT;
CREATE VIEW v1_coaching_reach AS SELECT
	mt,   -- how many people are in the management team; there is no row while they are fewer than three
	met   -- how many of them have had a session with a coach
FROM coaching;

CREATE TABLE pictures (check_id TEXT NOT NULL, published TEXT NOT NULL, released TEXT NOT NULL, pillar TEXT NOT NULL, word TEXT NOT NULL,
	promises INTEGER NOT NULL, fresh INTEGER NOT NULL, coverage INTEGER NOT NULL, trend TEXT NOT NULL) STRICT;
CREATE VIEW v1_pictures AS SELECT
	check_id,   -- the id of a consistency check whose picture was released to everybody
	published,  -- the day on which the picture was made
	released,   -- the day from which everybody can see it
	pillar,     -- the id of a pillar; empty for the management team as a whole
	word,       -- insufficient, unclear, noticed, underway, not_yet or mixed
	promises,   -- how many promises run under it; of the team as a whole, how many members it has
	fresh,      -- of how many of these the last check still counts
	coverage,   -- the same, in hundredths
	trend       -- rising, may_rise, level, may_fall or falling, over the pictures so far; empty while there are fewer than four
FROM pictures ORDER BY published DESC;

CREATE TABLE figures (check_id TEXT NOT NULL, pillar TEXT NOT NULL, source TEXT NOT NULL, value INTEGER, low INTEGER, high INTEGER,
	pieces INTEGER NOT NULL, why TEXT NOT NULL) STRICT;
CREATE VIEW v1_picture_figures AS SELECT
	check_id,  -- the id of the consistency check, as in v1_pictures
	pillar,    -- the id of a pillar; empty for the management team as a whole
	source,    -- score (of all others together), says and does (documents), interviews, self, peers, informal_leaders, employees or index
	value,     -- from 0 to 100, rounded as it may leave; null where there is none
	low,       -- the lower end of the interval of 90% around it
	high,      -- its upper end
	pieces,    -- of how many promises, documents or interviews it was made
	why        -- why there is none: nothing, few_promises, few_people, few_sources or stale; empty where there is one
FROM figures;

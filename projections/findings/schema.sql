-- What rules found, and where that stands.
CREATE TABLE findings (
	programme TEXT NOT NULL,
	id        TEXT NOT NULL,
	rule      TEXT NOT NULL,
	version   INTEGER NOT NULL, -- of the rule
	severity  TEXT NOT NULL,
	blocks    INTEGER NOT NULL, -- 1 when only the end of its condition closes it
	kind      TEXT NOT NULL,    -- of what it is about
	object    TEXT NOT NULL,
	owner     TEXT NOT NULL,    -- whom it is about, '' for nobody; so the next two
	coach     TEXT NOT NULL,
	recorder  TEXT NOT NULL,
	roles     TEXT NOT NULL,    -- that it is for, a JSON list
	raised    TEXT NOT NULL,    -- the day on which its condition last began to hold
	status    TEXT NOT NULL,
	since     TEXT NOT NULL,    -- the day of that status
	until     TEXT NOT NULL,    -- of one that waits, '' for none
	PRIMARY KEY (programme, id)
) STRICT, WITHOUT ROWID;

-- What happened to each, in order.
CREATE TABLE findings_steps (
	programme TEXT NOT NULL,
	finding   TEXT NOT NULL,
	position  INTEGER NOT NULL, -- in the log
	n         INTEGER NOT NULL, -- of the fact in its act
	day       TEXT NOT NULL,
	by        TEXT NOT NULL,    -- '' when the clock noted it
	fact      TEXT NOT NULL,
	severity  TEXT NOT NULL,    -- with which it was raised, '' otherwise
	text      TEXT,             -- that goes with it; '' for none, NULL when erased
	until     TEXT NOT NULL,
	PRIMARY KEY (programme, finding, position, n)
) STRICT, WITHOUT ROWID;

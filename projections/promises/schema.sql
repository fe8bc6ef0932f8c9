CREATE TABLE promises (
	programme   TEXT NOT NULL,
	id          TEXT NOT NULL,
	by          TEXT NOT NULL,    -- who promises
	recorded_by TEXT NOT NULL,    -- who wrote it down for another, '' for nobody
	from_mt     INTEGER NOT NULL, -- 1 when who promises was in the MT when it was said
	wording     TEXT,             -- these four are NULL when erased
	situation   TEXT,
	frequency   TEXT,
	noticed     TEXT,
	pillar      TEXT NOT NULL,    -- '' for none
	expectation TEXT NOT NULL,    -- that it answers, '' for none
	due         TEXT NOT NULL,    -- '' for until further notice
	rhythm      INTEGER NOT NULL, -- days between two checks
	status      TEXT NOT NULL,
	since       TEXT NOT NULL,    -- the day of that status
	made        INTEGER NOT NULL, -- 1 once who promises has made or accepted it: it counts
	said        TEXT NOT NULL,    -- the day on which it was made or proposed
	rewordings  INTEGER NOT NULL,
	moves       INTEGER NOT NULL,
	late        INTEGER NOT NULL, -- 1 when kept after its day
	explained   INTEGER NOT NULL, -- 1 when a withdrawal was explained
	repair      TEXT,             -- '' for none, NULL when erased
	repair_due  TEXT NOT NULL,
	behaviours  TEXT NOT NULL,    -- a JSON list
	audience    TEXT NOT NULL,    -- to whom, a JSON list
	place       INTEGER NOT NULL, -- where it first stood in the log
	PRIMARY KEY (programme, id)
) STRICT;

-- The wall is read from its newest end until a page is full. All that it can
-- be narrowed by stands in the index, so that what is passed over costs little.
CREATE INDEX promises_by_place ON promises (programme, place DESC, status, made, from_mt, pillar, by, recorded_by, audience);
CREATE INDEX promises_by_side ON promises (programme, from_mt, place DESC, status, made, pillar, by, recorded_by, audience);
CREATE INDEX promises_by_pillar ON promises (programme, pillar, status, made, due, place, by, recorded_by, audience);
CREATE INDEX promises_by_person ON promises (programme, by, status);

-- The parties in each list of parties to whom something was promised. There
-- are few such lists, however many promises.
CREATE TABLE promises_audience (
	programme TEXT NOT NULL,
	party     TEXT NOT NULL,
	audience  TEXT NOT NULL, -- the whole list
	PRIMARY KEY (programme, party, audience)
) STRICT, WITHOUT ROWID;

-- Everything that was said about a promise, never changed.
CREATE TABLE promises_line (
	programme TEXT NOT NULL,
	promise   TEXT NOT NULL,
	position  INTEGER NOT NULL,
	n         INTEGER NOT NULL,
	fact      TEXT NOT NULL, -- the event's name
	day       TEXT NOT NULL, -- when it happened
	recorded  TEXT NOT NULL, -- when it was written down
	by        TEXT NOT NULL,
	text      TEXT,          -- what was said: '' for none, NULL when erased
	why       TEXT,
	was       TEXT NOT NULL, -- the day before a move
	due       TEXT NOT NULL, -- the day after it, or of a repair
	late      INTEGER NOT NULL
) STRICT;

CREATE INDEX promises_line_by_promise ON promises_line (programme, promise, position, n);

-- Who is in the MT, so that both directions of the wall can be told apart.
CREATE TABLE promises_mt (
	programme TEXT NOT NULL,
	person    TEXT NOT NULL,
	PRIMARY KEY (programme, person)
) STRICT, WITHOUT ROWID;

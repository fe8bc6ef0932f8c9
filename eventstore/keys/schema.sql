CREATE TABLE IF NOT EXISTS key (
  id           TEXT PRIMARY KEY, -- owner and purpose
  wrapped      BLOB,             -- the key, sealed under the key-encryption key; NULL once destroyed
  retain_until TEXT              -- the last day on which it is needed; NULL while that is not known
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS destroyed ON key (id) WHERE wrapped IS NULL;

CREATE INDEX IF NOT EXISTS retained ON key (retain_until) WHERE wrapped IS NOT NULL AND retain_until IS NOT NULL;

-- A known word, sealed under the key-encryption key: it tells the right one
-- from another before anything depends on it.
CREATE TABLE IF NOT EXISTS proof (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  sealed BLOB NOT NULL
) STRICT;

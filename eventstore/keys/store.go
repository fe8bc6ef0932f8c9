package keys

import (
	"context"
	"crypto/cipher"
	"database/sql"
	"database/sql/driver"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/mattn/go-sqlite3"

	"koersvast/domain"
)

// A Store is a key store on disk. It is safe for concurrent use. Several
// processes may share one file: a key that one of them destroys is gone for
// all of them at once. Within a process a file is opened by one Store only.
type Store struct {
	path string
	db   *sql.DB

	// file is the same file again, for its change counter. SQLite's locks
	// belong to the process, and closing any handle of the file drops them:
	// this one is closed last.
	file *os.File

	opened     *lru.Cache[domain.KeyID, cipher.AEAD] // nil when destroyed
	seen       atomic.Uint32                         // the change counter at the last look
	generation atomic.Uint64

	mu         sync.Mutex // guards the tables and what follows
	kek        cipher.AEAD
	read       *sql.Stmt
	tombstones int64
}

var _ domain.Sealer = (*Store)(nil)

// cached is how many opened keys are kept at hand, about a kilobyte each.
const cached = 16_384

//go:embed schema.sql
var schema string

// Open opens the key store in the file at path with the key-encryption key in
// keyFile. It refuses when either is missing, when they do not belong
// together, and when both lie in the same folder.
func Open(path, keyFile string) (*Store, error) {
	stored, err := exists(path)
	if err != nil {
		return nil, err
	}
	if !stored {
		return nil, fmt.Errorf("keys: there is no key store %s", path)
	}
	return open(path, keyFile)
}

// OpenOrCreate is [Open], but makes what is missing at a first start: the
// store and its folder, and before it the key-encryption key. It never makes a new
// key-encryption key for a store that exists.
func OpenOrCreate(path, keyFile string) (*Store, error) {
	stored, err := exists(path)
	if err != nil {
		return nil, err
	}
	if !stored {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, fmt.Errorf("keys: %w", err)
		}
		if err := apart(path, keyFile); err != nil {
			return nil, err
		}
		if err := makeKeyFile(keyFile); err != nil {
			return nil, err
		}
	}
	return open(path, keyFile)
}

func open(path, keyFile string) (_ *Store, err error) {
	there, err := exists(keyFile)
	if err != nil {
		return nil, err
	}
	if !there {
		return nil, fmt.Errorf("keys: the key-encryption key %s is missing or empty, and without it nobody can read the personal texts: put it back from where a copy is kept", keyFile)
	}
	if err := apart(path, keyFile); err != nil {
		return nil, err
	}
	kek, err := readKeyFile(keyFile)
	if err != nil {
		return nil, err
	}
	if path, err = filepath.Abs(path); err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	// Made here, because SQLite makes files that others can read.
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	s := &Store{path: path, db: sql.OpenDB(connector(path)), file: file, kek: kek}
	s.db.SetMaxOpenConns(1)
	if err := s.start(); err != nil {
		return nil, errors.Join(fmt.Errorf("keys: opening %s with %s: %w", path, keyFile, err), s.Close())
	}
	return s, nil
}

// start makes the tables if there are none, and refuses those that are not
// wrapped under this key-encryption key.
func (s *Store) start() (err error) {
	err = s.change(func(tx *sql.Tx) error {
		if _, err := tx.Exec(schema); err != nil {
			return err
		}
		if _, err := tx.Exec(`INSERT INTO proof (one, sealed) VALUES (1, ?) ON CONFLICT DO NOTHING`, proofOf(s.kek)); err != nil {
			return err
		}
		return s.owns(tx)
	})
	if err != nil {
		return err
	}
	if err := syncFolder(filepath.Dir(s.path)); err != nil {
		return err
	}
	if s.read, err = s.db.Prepare(`SELECT wrapped FROM key WHERE id = ?`); err != nil {
		return err
	}
	if s.opened, err = lru.New[domain.KeyID, cipher.AEAD](cached); err != nil {
		return err
	}
	return s.look()
}

// Close closes the store.
func (s *Store) Close() error { return errors.Join(s.db.Close(), s.file.Close()) }

// Seal implements [domain.Sealer]. The first use of a name makes its key,
// which is on disk when Seal returns. It fails with [domain.ErrErased] when
// the key of that name has been destroyed.
func (s *Store) Seal(id domain.KeyID, text, context []byte) ([]byte, error) {
	key, err := s.key(id)
	if errors.Is(err, errNoKey) {
		if err := s.Prepare(id); err != nil {
			return nil, err
		}
		key, err = s.key(id)
	}
	if err != nil {
		return nil, err
	}
	return key.Seal(nil, nil, text, bound(context, id)), nil
}

// Open implements [domain.Sealer]. A key that is missing without having been
// destroyed is [ErrUnreadable], and a text that was changed or moved an error
// of its own: neither is ever taken for erased.
func (s *Store) Open(id domain.KeyID, sealed, context []byte) ([]byte, error) {
	key, err := s.key(id)
	if err != nil {
		return nil, err
	}
	return openText(key, id, sealed, context)
}

// Prepare makes the keys of those names that have none yet, all in one write.
// [Store.Seal] makes one at a time, which an act about many people would wait
// for: it prepares them first.
func (s *Store) Prepare(ids ...domain.KeyID) error {
	var unknown []domain.KeyID
	for _, id := range ids {
		if !s.opened.Contains(id) {
			unknown = append(unknown, id)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	err := s.change(func(tx *sql.Tx) error {
		if err := s.owns(tx); err != nil {
			return err
		}
		insert, err := tx.Prepare(`INSERT INTO key (id, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING`)
		if err != nil {
			return err
		}
		defer insert.Close()
		for _, id := range unknown {
			k := newKey()
			wrapped := s.kek.Seal(nil, nil, k, []byte(id))
			clear(k)
			if _, err := insert.Exec(string(id), wrapped); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keys: making keys: %w", err)
	}
	return nil
}

// Destroy destroys keys, and leaves a tombstone for each name, also for one
// that never had a key. When it returns, the keys are gone from the disk and
// from memory. Destroying twice is destroying once.
//
// The file system may still hold older blocks of the file; what they hold is
// wrapped, and becomes unreadable with [Store.Rewrap].
func (s *Store) Destroy(ids ...domain.KeyID) error {
	err := s.change(func(tx *sql.Tx) error {
		for _, id := range ids {
			_, err := tx.Exec(`INSERT INTO key (id) VALUES (?)
				ON CONFLICT DO UPDATE SET wrapped = NULL WHERE wrapped IS NOT NULL`, string(id))
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keys: destroying keys: %w", err)
	}
	return s.look()
}

// Generation changes with every destruction of keys, by this process or by
// another. What holds opened texts is right for as long as it stays the same.
func (s *Store) Generation() uint64 {
	if err := s.look(); err != nil {
		// Whoever now fills a cache again opens texts, and so meets this error.
		return s.generation.Add(1)
	}
	return s.generation.Load()
}

// Retain notes the last day on which the keys of those names are needed. The
// empty day is no such day.
func (s *Store) Retain(until domain.Day, ids ...domain.KeyID) error {
	if until != "" && !until.Valid() {
		return domain.ErrNotADay
	}
	err := s.change(func(tx *sql.Tx) error {
		for _, id := range ids {
			if _, err := tx.Exec(`UPDATE key SET retain_until = NULLIF(?, '') WHERE id = ?`, string(until), string(id)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keys: retaining keys: %w", err)
	}
	return nil
}

// Expired lists the keys that are no longer needed on a day, in the order of
// their names.
func (s *Store) Expired(on domain.Day) ([]domain.KeyID, error) {
	rows, err := s.db.Query(`SELECT id FROM key
		WHERE wrapped IS NOT NULL AND retain_until IS NOT NULL AND retain_until < ? ORDER BY id`, string(on))
	if err != nil {
		return nil, fmt.Errorf("keys: expired keys: %w", err)
	}
	defer rows.Close()
	var ids []domain.KeyID
	for rows.Next() {
		var id domain.KeyID
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("keys: expired keys: %w", err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("keys: expired keys: %w", err)
	}
	return ids, nil
}

// Rewrap wraps all keys under the key-encryption key in another file, which
// it makes if it is not there. When Rewrap returns, the store opens with that
// file only; when it fails, with the one from before. Copies of the store
// from before are unreadable for ever once that one is destroyed.
func (s *Store) Rewrap(keyFile string) error {
	if err := apart(s.path, keyFile); err != nil {
		return err
	}
	if err := makeKeyFile(keyFile); err != nil {
		return err
	}
	kek, err := readKeyFile(keyFile)
	if err != nil {
		return err
	}
	err = s.change(func(tx *sql.Tx) error {
		if err := s.owns(tx); err != nil {
			return err
		}
		keys, err := wrapped(tx)
		if err != nil {
			return err
		}
		for id, old := range keys {
			k, err := s.kek.Open(nil, nil, old, []byte(id))
			if err != nil {
				return changed(id, err)
			}
			renewed := kek.Seal(nil, nil, k, []byte(id))
			clear(k)
			if _, err := tx.Exec(`UPDATE key SET wrapped = ? WHERE id = ?`, renewed, string(id)); err != nil {
				return err
			}
		}
		_, err = tx.Exec(`UPDATE proof SET sealed = ?`, proofOf(kek))
		return err
	})
	if err != nil {
		return fmt.Errorf("keys: rewrapping %s: %w", s.path, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kek = kek
	return nil
}

// wrapped reads all keys as they are stored.
func wrapped(tx *sql.Tx) (map[domain.KeyID][]byte, error) {
	rows, err := tx.Query(`SELECT id, wrapped FROM key WHERE wrapped IS NOT NULL`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	keys := map[domain.KeyID][]byte{}
	for rows.Next() {
		var id domain.KeyID
		var b []byte
		if err := rows.Scan(&id, &b); err != nil {
			return nil, err
		}
		keys[id] = b
	}
	return keys, rows.Err()
}

func proofOf(kek cipher.AEAD) []byte {
	return kek.Seal(nil, nil, []byte("koersvast keys"), []byte("proof"))
}

var errOtherKeyFile = errors.New("the keys are wrapped under another key-encryption key")

// owns refuses to touch keys that are wrapped under another key-encryption
// key: that of another installation, or a newer one, under which another
// process has rewrapped them.
func (s *Store) owns(tx *sql.Tx) error {
	var proof []byte
	if err := tx.QueryRow(`SELECT sealed FROM proof`).Scan(&proof); err != nil {
		return err
	}
	if _, err := s.kek.Open(nil, nil, proof, []byte("proof")); err != nil {
		return errOtherKeyFile
	}
	return nil
}

// key returns the key of a name.
func (s *Store) key(id domain.KeyID) (cipher.AEAD, error) {
	if err := s.look(); err != nil {
		return nil, unreadable(id, err)
	}
	key, ok := s.opened.Get(id)
	if !ok {
		var err error
		if key, err = s.unwrap(id); err != nil {
			return nil, unreadable(id, err)
		}
	}
	if key == nil {
		return nil, domain.ErrErased
	}
	return key, nil
}

// unwrap reads the key of a name from the disk; nil means destroyed.
func (s *Store) unwrap(id domain.KeyID) (cipher.AEAD, error) {
	// Held until the key is remembered, so that a destruction comes either
	// before it was read or before it is forgotten.
	s.mu.Lock()
	defer s.mu.Unlock()
	var wrapped []byte
	err := s.read.QueryRow(string(id)).Scan(&wrapped)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, errNoKey
	case err != nil:
		return nil, err
	case wrapped == nil:
		s.opened.Add(id, nil)
		return nil, nil
	}
	k, err := s.kek.Open(nil, nil, wrapped, []byte(id))
	if err != nil {
		return nil, changed(id, err)
	}
	defer clear(k)
	key, err := newAEAD(k)
	if err != nil {
		return nil, err
	}
	s.opened.Add(id, key)
	return key, nil
}

func changed(id domain.KeyID, err error) error {
	return fmt.Errorf("the stored key of %s was changed or moved, or is wrapped under another key-encryption key: %w", id, err)
}

// look notices what happened to the file since the last look, and forgets
// all opened keys when some were destroyed.
func (s *Store) look() error {
	now, err := s.changeCounter()
	if err != nil || now == s.seen.Load() {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var tombstones int64
	if err := s.db.QueryRow(`SELECT count(*) FROM key WHERE wrapped IS NULL`).Scan(&tombstones); err != nil {
		return fmt.Errorf("keys: looking for destroyed keys: %w", err)
	}
	if tombstones != s.tombstones {
		s.opened.Purge()
		s.tombstones = tombstones
		s.generation.Add(1)
	}
	s.seen.Store(now) // what happened since it was read is seen at the next look
	return nil
}

// changeCounter reads what SQLite's file format calls the file change
// counter: every transaction of any process moves it. PRAGMA data_version
// tells the same for twenty times the price, and every text that is opened
// pays it.
func (s *Store) changeCounter() (uint32, error) {
	var b [4]byte
	if _, err := s.file.ReadAt(b[:], 24); err != nil {
		return 0, fmt.Errorf("keys: %w", err)
	}
	return binary.BigEndian.Uint32(b[:]), nil
}

// change does something to the tables, all of it or nothing.
func (s *Store) change(do func(*sql.Tx) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	tx, err := s.db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// A connector opens the SQLite file at its path.
type connector string

func (c connector) Connect(context.Context) (driver.Conn, error) {
	u := url.URL{Scheme: "file", Path: string(c), RawQuery: "mode=rw&_txlock=immediate"}
	return c.Driver().Open(u.String())
}

func (c connector) Driver() driver.Driver {
	return &sqlite3.SQLiteDriver{ConnectHook: func(conn *sqlite3.SQLiteConn) error {
		_, err := conn.Exec(pragmas, nil)
		return err
	}}
}

// What is destroyed is overwritten, and no journal is kept from which it
// could come back; a commit is on disk, the deletion of its journal too.
const pragmas = `
	PRAGMA busy_timeout = 10000;
	PRAGMA journal_mode = DELETE;
	PRAGMA synchronous = EXTRA;
	PRAGMA secure_delete = ON;
	PRAGMA temp_store = MEMORY;
	PRAGMA trusted_schema = OFF;
	PRAGMA cell_size_check = ON;`

package published

import (
	"context"
	"crypto/sha256"
	"database/sql"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	_ "github.com/mattn/go-sqlite3" // the driver
)

//go:embed schema.sql
var schema string

// File is the name of the file of a programme: each has its own, so that who
// is given one has nothing of another.
func (n Numbers) File() string { return string(n.Programme.ID) + ".db" }

// Write puts the numbers in their file in a folder, unless they are there
// already, and reports whether it did. Who has the file open goes on reading
// what was in it, and who opens it finds the old numbers or the new ones.
//
// Any account of the machine may read the file; the folder says who comes as
// far as that.
func Write(ctx context.Context, folder string, n Numbers) (wrote bool, err error) {
	path := filepath.Join(folder, n.File())
	contents, err := json.Marshal(n)
	if err != nil {
		return false, fmt.Errorf("published: %w", err)
	}
	// The schema is part of it: another version of the program can have another.
	sum := sha256.Sum256(append([]byte(schema), contents...))
	digest := hex.EncodeToString(sum[:])
	if digestIn(ctx, path) == digest {
		return false, nil
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return false, fmt.Errorf("published: %w", err)
	}
	beside := path + ".new"
	err = errors.Join(remove(beside), fill(ctx, beside, digest, n))
	if err == nil {
		err = place(beside, path)
	}
	if err != nil {
		return false, errors.Join(fmt.Errorf("published: %s: %w", path, err), remove(beside))
	}
	return true, nil
}

func remove(path string) error {
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return err
	}
	return nil
}

// digestIn is of what a file was made; empty when nobody can tell.
func digestIn(ctx context.Context, path string) (digest string) {
	db, err := sql.Open("sqlite3", source(path)+"?mode=ro")
	if err != nil {
		return ""
	}
	defer func() { _ = db.Close() }()
	if db.QueryRowContext(ctx, `SELECT digest FROM file`).Scan(&digest) != nil {
		return ""
	}
	return digest
}

func source(path string) string { return "file:" + (&url.URL{Path: path}).EscapedPath() }

// fill makes a new file, in which nothing has ever stood but these numbers.
func fill(ctx context.Context, path, digest string, n Numbers) (err error) {
	db, err := sql.Open("sqlite3", source(path)+"?_journal_mode=OFF&_synchronous=OFF&_txlock=immediate")
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit
	put := func(statement string, args ...any) {
		if err == nil {
			_, err = tx.ExecContext(ctx, statement, args...)
		}
	}
	put(`INSERT INTO file VALUES (?)`, digest)
	put(`INSERT INTO programme VALUES (?, ?, ?)`, n.Programme.ID, n.Programme.Name, n.Programme.Started)
	for i, p := range n.Pillars {
		put(`INSERT INTO pillars VALUES (?, ?, ?, ?, ?)`, i+1, p.ID, p.Name, p.Status, p.Since)
	}
	for _, c := range n.Promises {
		put(`INSERT INTO promises VALUES (?, ?, ?, ?)`, c.Pillar, c.From, c.Status, c.Promises)
	}
	for _, k := range n.Keeping {
		put(`INSERT INTO keeping VALUES (?, ?, ?, ?, ?, ?, ?)`, k.Pillar, k.From, k.Kept, k.Broken, k.Rate, k.Low, k.High)
	}
	for _, c := range n.Checks {
		put(`INSERT INTO checks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, c.Round, c.Promise, c.Pillar, c.Closed, c.Score, c.Low, c.High, c.Groups, c.Word)
	}
	for _, c := range n.Cells {
		put(`INSERT INTO cells VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, c.Round, c.Question, c.Group, c.Sees, c.Low, c.High, c.End, c.Hears, c.Unseen)
	}
	if n.Coaching != nil {
		put(`INSERT INTO coaching VALUES (?, ?)`, n.Coaching.MT, n.Coaching.Met)
	}
	for _, p := range n.Pictures {
		put(`INSERT INTO pictures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, p.Check, p.Published, p.Released, p.Pillar, p.Word, p.Promises, p.Fresh, p.Coverage, p.Trend)
	}
	for _, f := range n.Figures {
		put(`INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, f.Check, f.Pillar, f.Source, f.Value, f.Low, f.High, f.Pieces, f.Why)
	}
	if err != nil {
		return err
	}
	return tx.Commit()
}

// place makes a finished file last, and puts it where readers look.
func place(beside, path string) error {
	for _, step := range []func() error{
		func() error { return os.Chmod(beside, 0o644) },
		func() error { return sync(beside) },
		func() error { return os.Rename(beside, path) },
		func() error { return sync(filepath.Dir(path)) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func sync(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

package keys_test

import (
	"bufio"
	"bytes"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/domain/programme"
	"koersvast/eventstore"
	"koersvast/eventstore/keys"
)

// raw opens the store's file beside the store.
func raw(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?_secure_delete=on&_busy_timeout=10000")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func exec1(t testing.TB, db *sql.DB, statement string, args ...any) {
	t.Helper()
	if _, err := db.Exec(statement, args...); err != nil {
		t.Fatal(err)
	}
}

func stored(t testing.TB, db *sql.DB, id domain.KeyID) []byte {
	t.Helper()
	var b []byte
	if err := db.QueryRow(`SELECT wrapped FROM key WHERE id = ?`, string(id)).Scan(&b); err != nil {
		t.Fatal(err)
	}
	return b
}

func wantRefusal(t testing.TB, err error, says string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), says) {
		t.Fatalf("error %v, want one that says %q", err, says)
	}
}

func TestAStoreIsFoundAgain(t *testing.T) {
	s, path, keyFile := create(t)
	kept, erased := seal(t, s, ann), seal(t, s, bert)
	if err := s.Destroy(bert); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, open := range []func(string, string) (*keys.Store, error){keys.Open, keys.OpenOrCreate} {
		s, err := open(path, keyFile)
		if err != nil {
			t.Fatal(err)
		}
		wantText(t, s, ann, kept)
		wantErased(t, s, bert, erased)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOnlyTheOwnerReadsTheFiles(t *testing.T) {
	_, path, keyFile := create(t)
	for _, f := range []string{path, keyFile} {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode(); got != 0o600 {
			t.Errorf("%s has mode %v, want -rw-------", f, got)
		}
	}
	entries, err := os.ReadDir(filepath.Dir(keyFile))
	if err != nil || len(entries) != 2 {
		t.Errorf("beside the data folder and the key file lies more: %v, %v", entries, err)
	}
}

func TestAStoreWithoutItsKeyFileIsRefused(t *testing.T) {
	s, path, keyFile := create(t)
	s.Close()
	if err := os.Rename(keyFile, keyFile+".away"); err != nil {
		t.Fatal(err)
	}
	_, err := keys.OpenOrCreate(path, keyFile)
	wantRefusal(t, err, "is missing")
	if _, err := os.Stat(keyFile); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a new key-encryption key was made for a store that exists")
	}
}

func TestAWrongKeyFileIsRefused(t *testing.T) {
	s, path, keyFile := create(t)
	s.Close()
	_, _, other := create(t)
	_, err := keys.Open(path, other)
	wantRefusal(t, err, "another key-encryption key")
	for _, content := range []string{"", "secret", strings.Repeat("0", 62), strings.Repeat("g", 64)} {
		if err := os.WriteFile(keyFile, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := keys.Open(path, keyFile); err == nil {
			t.Errorf("a key file with %q was taken", content)
		}
	}
}

func TestAKeyFileInTheDataFolderIsRefused(t *testing.T) {
	path, _ := files(t)
	for _, inside := range []string{"kek", "sub/kek"} {
		keyFile := filepath.Join(filepath.Dir(path), inside)
		if err := os.MkdirAll(filepath.Dir(keyFile), 0o700); err != nil {
			t.Fatal(err)
		}
		_, err := keys.OpenOrCreate(path, keyFile)
		wantRefusal(t, err, "inside the data folder")
	}
}

func TestOpenMakesNothing(t *testing.T) {
	path, keyFile := files(t)
	_, err := keys.Open(path, keyFile)
	wantRefusal(t, err, "no key store")
	for _, f := range []string{path, keyFile} {
		if _, err := os.Stat(f); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s was made", f)
		}
	}
}

func TestDestroyedKeysAreGoneFromTheDisk(t *testing.T) {
	s, path, _ := create(t)
	var ids []domain.KeyID
	for i := range 2000 {
		ids = append(ids, domain.KeyID(fmt.Sprintf("person/%d/profile", i)))
	}
	if err := s.Prepare(ids...); err != nil {
		t.Fatal(err)
	}
	db := raw(t, path)
	var destroyed, kept [][]byte
	var destroy []domain.KeyID
	for i, id := range ids {
		if w := stored(t, db, id); i%3 == 0 {
			destroyed, destroy = append(destroyed, w), append(destroy, id)
		} else {
			kept = append(kept, w)
		}
	}
	if n := onDisk(t, path, destroyed); n != len(destroyed) {
		t.Fatalf("the test is blind: it found %d of %d keys", n, len(destroyed))
	}
	if err := s.Destroy(destroy...); err != nil {
		t.Fatal(err)
	}
	if n := onDisk(t, path, destroyed); n != 0 {
		t.Errorf("%d of %d destroyed keys are still on disk", n, len(destroyed))
	}
	if n := onDisk(t, path, kept); n != len(kept) {
		t.Errorf("%d of %d other keys are still on disk", n, len(kept))
	}
}

// onDisk counts which of the wrapped keys stand in any file of the folder.
func onDisk(t *testing.T, path string, wrapped [][]byte) (n int) {
	t.Helper()
	var disk []byte
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(filepath.Dir(path), e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		disk = append(disk, b...)
	}
	for _, w := range wrapped {
		// A part of a key is as bad as all of it; its ends may be overwritten.
		if bytes.Contains(disk, w[12:36]) || bytes.Contains(disk, w[36:]) {
			n++
		}
	}
	return n
}

func TestAStoreThatCannotBeReadSaysSo(t *testing.T) {
	s, path, _ := create(t)
	sealed := seal(t, s, ann)
	if err := os.Truncate(path, 10); err != nil {
		t.Fatal(err)
	}
	_, err := s.Open(ann, sealed, place)
	if !errors.Is(err, keys.ErrUnreadable) || domain.KindOf(err) != domain.Unavailable {
		t.Errorf("error %v, want ErrUnreadable", err)
	}
}

func TestAChangedStoreIsNoticed(t *testing.T) {
	s, path, keyFile := create(t)
	sealed := seal(t, s, ann)
	seal(t, s, bert)
	s.Close()
	db := raw(t, path)
	mine, other := stored(t, db, ann), stored(t, db, bert)

	open := func() *keys.Store {
		s, err := keys.Open(path, keyFile)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	broken := bytes.Clone(mine)
	broken[20] ^= 1
	for name, wrapped := range map[string][]byte{"another's key": other, "a flipped bit": broken, "nothing": {}} {
		exec1(t, db, `UPDATE key SET wrapped = ? WHERE id = ?`, wrapped, string(ann))
		s := open()
		_, err := s.Open(ann, sealed, place)
		if err == nil || errors.Is(err, domain.ErrErased) {
			t.Errorf("with %s: error %v, want one that is not ErrErased", name, err)
		}
		s.Close()
	}
	exec1(t, db, `DELETE FROM key WHERE id = ?`, string(ann))
	s = open()
	_, err := s.Open(ann, sealed, place)
	wantLoud(t, err)
	s.Close()
	exec1(t, db, `UPDATE proof SET sealed = ?`, broken)
	_, err = keys.Open(path, keyFile)
	wantRefusal(t, err, "another key-encryption key")
}

func TestRewrappedKeysOpenWithTheNewKeyFileOnly(t *testing.T) {
	s, path, keyFile := create(t)
	kept, erased := seal(t, s, ann), seal(t, s, bert)
	if err := s.Destroy(bert); err != nil {
		t.Fatal(err)
	}
	before := stored(t, raw(t, path), ann)
	if err := s.Rewrap(keyFile + "2"); err != nil {
		t.Fatal(err)
	}
	wantText(t, s, ann, kept)
	later := seal(t, s, ann2) // made under the new one
	s.Close()
	if n := onDisk(t, path, [][]byte{before}); n != 0 {
		t.Error("the key is still on disk as the old key-encryption key wrapped it")
	}
	_, err := keys.Open(path, keyFile)
	wantRefusal(t, err, "another key-encryption key")
	if s, err = keys.Open(path, keyFile+"2"); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	wantText(t, s, ann, kept)
	wantText(t, s, ann2, later)
	wantErased(t, s, bert, erased)
}

func TestAnActAboutManyPeopleMakesTheirKeysInOneWrite(t *testing.T) {
	s, _, _ := create(t)
	log := eventstore.NewMemory(eventstore.NewCodec(programme.Events, s))
	var added []domain.Event
	for i := range 1000 {
		id := domain.PersonID(fmt.Sprint("p", i))
		added = append(added, programme.PersonAdded{ID: id, Name: domain.Say(domain.KeyOf(id, domain.Profile), string(text))})
	}
	stream := domain.Stream{Kind: "programme", ID: "north"}
	before := s.Changes(t)
	for i, want := range []uint32{1, 0} { // the second time the keys are there
		act := domain.Act{ID: domain.ActID(fmt.Sprint("act", i)), Programme: "north"}
		pos, err := log.Append(t.Context(), act, eventstore.Write{Stream: stream, Last: domain.Position(i), Events: added})
		if err != nil || pos != domain.Position(i+1) {
			t.Fatalf("Append = %d, %v", pos, err)
		}
		if got := s.Changes(t) - before; got != want {
			t.Errorf("%d writes for the keys, want %d", got, want)
		}
		before = s.Changes(t)
	}
}

// What the first version sealed opens for ever: testdata was written by it.
func TestAStoreFromBeforeOpens(t *testing.T) {
	path, keyFile := files(t)
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{"keys.db": path, "key": keyFile} {
		b, err := os.ReadFile(filepath.Join("testdata", from))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sealed, err := os.ReadFile("testdata/sealed")
	if err != nil {
		t.Fatal(err)
	}
	s, err := keys.Open(path, keyFile)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	wantText(t, s, ann, sealed)
	wantErased(t, s, bert, sealed)
}

func TestKeysExpire(t *testing.T) {
	s, _, _ := create(t)
	if err := s.Prepare(ann, ann2, bert); err != nil {
		t.Fatal(err)
	}
	if err := s.Retain("2026-11-21", ann, bert); err != nil {
		t.Fatal(err)
	}
	if err := s.Retain("2026-11-22", ann2); err != nil {
		t.Fatal(err)
	}
	want := func(on domain.Day, ids ...domain.KeyID) {
		t.Helper()
		got, err := s.Expired(on)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(ids, got); diff != "" {
			t.Errorf("expired on %s (-want +got):\n%s", on, diff)
		}
	}
	want("2026-11-21")
	want("2026-11-22", ann, bert)
	want("2026-11-23", ann, ann2, bert)
	if err := s.Retain("", ann); err != nil {
		t.Fatal(err)
	}
	if err := s.Destroy(bert); err != nil {
		t.Fatal(err)
	}
	want("2026-11-23", ann2)
	if err := s.Retain("tomorrow", ann); !errors.Is(err, domain.ErrNotADay) {
		t.Errorf("error %v, want ErrNotADay", err)
	}
}

// The tests below run the test binary again, as another process with the
// same store. It does as it is told, a line at a time, and answers each.
func TestMain(m *testing.M) {
	if path := os.Getenv("KEYS_STORE"); path != "" {
		os.Exit(obey(path, os.Getenv("KEYS_FILE")))
	}
	os.Exit(m.Run())
}

func obey(path, keyFile string) int {
	s, err := keys.OpenOrCreate(path, keyFile)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		verb, arg, _ := strings.Cut(lines.Text(), " ")
		answer := []byte("done")
		switch verb {
		case "seal":
			answer, err = s.Seal(domain.KeyID(arg), text, place)
		case "destroy":
			err = s.Destroy(domain.KeyID(arg))
		case "rewrap":
			err = s.Rewrap(arg)
		}
		if err != nil {
			fmt.Println("error", err)
			continue
		}
		fmt.Printf("%x\n", answer)
	}
	return 0
}

// A process is another one that has the store open.
type process struct {
	t   *testing.T
	cmd *exec.Cmd
	in  *os.File
	out *bufio.Scanner
}

func start(t *testing.T, path, keyFile string) *process {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "KEYS_STORE="+path, "KEYS_FILE="+keyFile)
	cmd.Stdin = read
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	read.Close()
	t.Cleanup(func() {
		write.Close()
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return &process{t, cmd, write, bufio.NewScanner(out)}
}

func (p *process) tell(format string, args ...any) { fmt.Fprintf(p.in, format+"\n", args...) }

// answer returns what the process says next; ok is false when it is dead.
func (p *process) answer() (answer []byte, ok bool) {
	p.t.Helper()
	if !p.out.Scan() {
		return nil, false
	}
	b, err := hex.DecodeString(p.out.Text())
	if err != nil {
		p.t.Fatalf("the other process says %q", p.out.Text())
	}
	return b, true
}

func TestTwoProcessesMakeOneKeyAName(t *testing.T) {
	path, keyFile := files(t)
	a, b := start(t, path, keyFile), start(t, path, keyFile)
	const names = 50
	for i := range names {
		a.tell("seal person/%d/profile", i)
		b.tell("seal person/%d/profile", i)
	}
	var sealed [][]byte
	for range names {
		x, okX := a.answer()
		y, okY := b.answer()
		if !okX || !okY {
			t.Fatal("a process died")
		}
		sealed = append(sealed, x, y)
	}
	s, err := keys.Open(path, keyFile)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i, x := range sealed {
		wantText(t, s, domain.KeyID(fmt.Sprintf("person/%d/profile", i/2)), x)
	}
}

func TestAKeyDestroyedByAnotherProcessIsGoneAtOnce(t *testing.T) {
	s, path, keyFile := create(t)
	sealed := seal(t, s, ann)
	wantText(t, s, ann, sealed)
	before := s.Generation()
	other := start(t, path, keyFile)
	other.tell("destroy %s", ann)
	if _, ok := other.answer(); !ok {
		t.Fatal("the other process died")
	}
	wantErased(t, s, ann, sealed)
	if s.Generation() == before {
		t.Error("the generation stayed the same")
	}
	if _, err := s.Seal(ann, text, place); !errors.Is(err, domain.ErrErased) {
		t.Errorf("Seal: error %v, want ErrErased", err)
	}
}

func TestNoKeyIsMadeUnderAKeyEncryptionKeyThatWasReplaced(t *testing.T) {
	s, path, keyFile := create(t)
	sealed := seal(t, s, ann)
	other := start(t, path, keyFile)
	other.tell("rewrap %s2", keyFile)
	if _, ok := other.answer(); !ok {
		t.Fatal("the other process died")
	}
	wantText(t, s, ann, sealed) // the key itself is the same
	_, err := s.Seal(bert, text, place)
	wantRefusal(t, err, "another key-encryption key")
	wantRefusal(t, s.Rewrap(keyFile+"3"), "another key-encryption key")
}

// A key must outlive the process that made it: facts sealed with it may be in
// the log already.
func TestAKeyIsOnDiskWhenSealReturns(t *testing.T) {
	path, keyFile := files(t)
	sealed := map[domain.KeyID][]byte{}
	for round := range 5 {
		p := start(t, path, keyFile)
		const names = 20
		for i := range names {
			p.tell("seal person/%d-%d/profile", round, i)
		}
		for i := range names / 2 {
			b, ok := p.answer()
			if !ok {
				t.Fatal("the process died by itself")
			}
			sealed[domain.KeyID(fmt.Sprintf("person/%d-%d/profile", round, i))] = b
		}
		_ = p.cmd.Process.Kill() // while it makes the others
		_ = p.cmd.Wait()
	}
	s, err := keys.Open(path, keyFile)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for id, b := range sealed {
		wantText(t, s, id, b)
	}
}

func TestAKilledRewrapLeavesOneKeyFileThatFits(t *testing.T) {
	s, path, keyFile := create(t)
	var ids []domain.KeyID
	for i := range 500 {
		ids = append(ids, domain.KeyID(fmt.Sprintf("person/%d/profile", i)))
	}
	if err := s.Prepare(ids...); err != nil {
		t.Fatal(err)
	}
	sealed := make([][]byte, len(ids))
	for i, id := range ids {
		sealed[i] = seal(t, s, id)
	}
	s.Close()
	current, finished := keyFile, 0
	for round := 1; round <= 12; round++ {
		next := fmt.Sprintf("%s-%d", keyFile, round)
		p := start(t, path, current)
		p.tell("seal person/0/profile")
		if _, ok := p.answer(); !ok {
			t.Fatal("the process died by itself")
		}
		p.tell("rewrap %s", next)
		kill := time.AfterFunc(time.Duration(round)*time.Millisecond, func() { _ = p.cmd.Process.Kill() })
		_, done := p.answer()
		kill.Stop()
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()

		s, err := keys.Open(path, next)
		if err == nil {
			current, finished = next, finished+1
		} else if s, err = keys.Open(path, current); err != nil {
			t.Fatalf("neither key file fits: %v", err)
		} else if done {
			t.Fatal("the rewrap was answered, and is not there")
		}
		for i, id := range ids {
			wantText(t, s, id, sealed[i])
		}
		s.Close()
	}
	t.Logf("%d of 12 were finished", finished)
}

func TestTheStoreIsKeptWithCare(t *testing.T) {
	s, _, _ := create(t)
	want := map[string]string{
		"journal_mode": "delete", "synchronous": "3", "secure_delete": "1",
		"trusted_schema": "0", "cell_size_check": "1", "temp_store": "2",
	}
	if diff := cmp.Diff(want, s.Pragmas(t, want)); diff != "" {
		t.Errorf("pragmas (-want +got):\n%s", diff)
	}
}

func BenchmarkOpen(b *testing.B) {
	s, _, _ := create(b)
	sealed := seal(b, s, ann)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Open(ann, sealed, place); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenUncached(b *testing.B) {
	s, _, _ := create(b)
	sealed := seal(b, s, ann)
	b.ReportAllocs()
	for b.Loop() {
		s.Forget()
		if _, err := s.Open(ann, sealed, place); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSeal(b *testing.B) {
	s, _, _ := create(b)
	b.ReportAllocs()
	for b.Loop() {
		seal(b, s, ann)
	}
}

func BenchmarkNewKey(b *testing.B) {
	s, _, _ := create(b)
	i := 0
	for b.Loop() {
		seal(b, s, domain.KeyID(fmt.Sprint("person/", i)))
		i++
	}
}

func BenchmarkPrepareAndSealAThousand(b *testing.B) {
	s, _, _ := create(b)
	round := 0
	for b.Loop() {
		ids := make([]domain.KeyID, 1000)
		for i := range ids {
			ids[i] = domain.KeyID(fmt.Sprintf("person/%d-%d", round, i))
		}
		if err := s.Prepare(ids...); err != nil {
			b.Fatal(err)
		}
		for _, id := range ids {
			seal(b, s, id)
		}
		round++
	}
}

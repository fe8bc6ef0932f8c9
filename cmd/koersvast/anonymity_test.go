package main

import (
	"bytes"
	"database/sql"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // to read what the program keeps
	"github.com/oklog/ulid/v2"

	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/eventstore/ballotbox/ballot"
)

// TestNothingSaysWhoAnsweredWhat holds eight rounds, in which ten employees,
// four informal leaders and an MT member answer in an order and at moments
// that are known, and gives an adversary every byte that the program wrote or
// answered meanwhile, with the key to it.
func TestNothingSaysWhoAnsweredWhat(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes half a minute")
	}
	t.Parallel()
	s := newSurvey(t, 8, 10, 4)
	s.run("--log-level", "debug")
	s.open()
	w := &witness{survey: s}
	for _, id := range s.rounds {
		for i, who := range s.everybody(id) {
			w.voters = append(w.voters, w.takes(id, who, i))
		}
		for i, code := range s.envelopes(id, s.staff[onScreen:]) {
			w.voters[len(w.voters)-len(s.everybody(id))+onScreen+i].code = code
		}
	}
	w.nextSecond()

	// What asking notes is no trace of casting.
	before := slices.Concat(w.answers(), w.written())
	a := w.votes()
	w.nextSecond()
	after := slices.Concat(w.written(), w.answers())
	a.finds(t, "while the rounds are open", slices.Concat(w.meanwhile, after))
	for _, l := range traces(before, after) {
		t.Errorf("casting left a trace: %s: %s", l.where, l.what)
	}
	for _, v := range w.voters {
		if s.counted(v.receipt) {
			t.Errorf("a ballot of %s was counted before its round was released", v.person)
		}
	}

	w.restarts(func() {})
	a.finds(t, "after a restart", slices.Concat(w.answers(), w.written()))
	w.restarts(w.shuts)
	a.finds(t, "between closing and release", slices.Concat(w.answers(), w.written()))

	for _, id := range s.rounds {
		s.do(surveyCoach, "/rounds/"+string(id)+"/close", s.closing(id))
	}
	w.sweeps()
	a.released = true
	released := slices.Concat(w.answers(), w.written())
	a.finds(t, "after the release", released)
	for _, v := range w.voters {
		if !s.counted(v.receipt) {
			t.Errorf("the ballot of %s was not counted", v.person)
		}
	}

	// All that it looks for is there to be found.
	a.meets(t, after, aPerson, "boxes/", len(s.staff)+len(s.leaders))
	a.meets(t, after, aReceipt, "boxes/", len(w.voters))
	a.meets(t, after, anEnvelope, "boxes/", len(w.voters)-len(s.rounds)*len(s.staff[onScreen:]))
	a.meets(t, released, aReceipt, "fact: round.released", len(w.voters))
	a.meets(t, released, aReceipt, "views/", len(w.voters))
	a.meets(t, released, aComment, "answer: "+string(surveyCoach), 10) // in one round, of three people two
	t.Run("and the adversary sees every leak", func(t *testing.T) { a.seesLeaks(t, after) })
}

// finds fails when the adversary finds something.
func (a *adversary) finds(t *testing.T, when string, pieces []piece) {
	t.Helper()
	size := 0
	for _, p := range pieces {
		size += len(p.bytes)
	}
	t.Logf("%s: %d pieces, %d kB", when, len(pieces), size/1000)
	for i, l := range a.searches(pieces) {
		if i == 20 {
			t.Fatal("and more")
		}
		t.Errorf("%s: %s: %s", when, l.where, l.what)
	}
}

// meets fails when the adversary does not meet so many different things of a
// kind in pieces whose names begin so.
func (a *adversary) meets(t *testing.T, pieces []piece, what mark, where string, want int) {
	t.Helper()
	met := map[string]bool{}
	for _, p := range pieces {
		if !strings.HasPrefix(p.name, where) {
			continue
		}
		for _, h := range a.find(p.bytes) {
			if h.mark == what && h.voter != nil {
				met[string(h.voter.round+" ")+string(h.voter.person)] = true
			} else if h.mark == what {
				met[string(h.needle.bytes)] = true
			}
		}
	}
	if len(met) != want {
		t.Errorf("%s: %d of %v, want %d", where, len(met), what, want)
	}
}

// A witness sees to it that people vote, and collects what the program writes.
type witness struct {
	*survey
	voters    []*known
	earlier   []piece // what programs wrote that have ended
	meanwhile []piece // files, while people voted
}

// onScreen is how many employees answer on a device. The others get an
// envelope.
const onScreen = 8

// takes has the i-th of those who are asked take a credential, unless they get
// an envelope, and says what they will answer.
func (w *witness) takes(id domain.RoundID, who domain.PersonID, i int) *known {
	w.t.Helper()
	v := &known{voter: w.asked(id, who)}
	if !slices.Contains(w.staff[onScreen:], who) {
		if err := w.registers(w.t.Context(), v.voter); err != nil {
			w.t.Fatal(err)
		}
		v.receipt = v.Nullifier().String()
	}
	answer := round.Answer{
		Sees:  map[domain.QuestionID]int{"asks": 1 + i%5, "shares": 1 + i%4, "keeps": 1 + i%3},
		Hears: map[domain.QuestionID]int{"asks": 5 - i%5},
	}
	if i%3 != 2 {
		v.comment = fmt.Sprintf("Boomklever %s bij %s, %s", who[len(who)-3:], id, strings.Repeat("voluit ", 7*i))
		v.comment = strings.TrimSpace(v.comment)
		use := round.Literally
		if v.forCoach = i%3 == 1; v.forCoach {
			use = round.ForCoach
		}
		answer.Words = map[domain.QuestionID]round.Written{"line": {Text: v.comment, Use: use}}
	}
	b, err := json.Marshal(answer)
	if err != nil {
		w.t.Fatal(err)
	}
	v.answers, v.answer = answer, string(b)
	return v
}

// votes has everybody cast, some of them twice, in an order drawn by lot, and
// returns the adversary who knows of it.
func (w *witness) votes() *adversary {
	w.t.Helper()
	rand.Shuffle(len(w.voters), func(i, j int) { w.voters[i], w.voters[j] = w.voters[j], w.voters[i] })
	first := time.Now()
	for i, v := range w.voters {
		v.arrived = i
		if v.code != "" {
			v.receipt = w.castOnPaper(v.code, v.answers)
			continue
		}
		tries := []string{v.answer}
		if i%5 == 0 {
			tries = []string{`{"sees":{"asks":3}}`, v.answer}
		}
		for try, answer := range tries {
			b := v.ballot(w.t, answer, try > 0)
			if err := w.cast(w.t.Context(), b); err != nil {
				w.t.Fatal(err)
			}
			v.sent = append(v.sent, b.Sealed)
		}
		if i == len(w.voters)/2 {
			w.meanwhile = w.files()
		}
	}
	a := newAdversary(slices.Concat(w.staff, w.leaders), w.voters)
	a.first, a.last = first, time.Now()
	return a
}

// nextSecond waits for the clock, so that a time in whole seconds is of before
// or of after.
func (w *witness) nextSecond() {
	select {
	case <-time.After(time.Until(time.Now().Truncate(time.Second).Add(time.Second))):
	case <-w.t.Context().Done():
	}
}

// restarts ends the program, does something, and starts it again.
func (w *witness) restarts(do func()) {
	w.t.Helper()
	if err := w.program.end(syscall.SIGTERM); err != nil {
		w.t.Fatal(err)
	}
	w.earlier = append(w.earlier, w.printed()...)
	do()
	w.run("--log-level", "debug")
}

// shuts closes all boxes, as when the program ends before it releases what is
// in them.
func (w *witness) shuts() {
	w.t.Helper()
	a, err := openApp(w.t.Context(), w.storage, logging{}.logger(w.t.Output()))
	if err != nil {
		w.t.Fatal(err)
	}
	ids, err := a.station.Boxes.IDs()
	for _, id := range ids {
		box, found := a.station.Boxes.Box(id)
		if err = errors.Join(err, found); err == nil {
			err = box.Close()
		}
	}
	if err := errors.Join(err, a.Close()); err != nil {
		w.t.Fatal(err)
	}
}

// sweeps waits until the boxes of all rounds are gone.
func (w *witness) sweeps() {
	w.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		entries, err := os.ReadDir(w.storage.path(dirBoxes))
		if err != nil {
			w.t.Fatal(err)
		}
		if len(entries) == 0 {
			return
		}
		select {
		case <-tick.C:
		case <-time.After(patience):
			w.t.Fatalf("%d boxes are left", len(entries))
		}
	}
}

// written returns everything that the program wrote.
func (w *witness) written() []piece {
	w.t.Helper()
	files := w.files()
	return slices.Concat(w.earlier, w.printed(), w.metrics(), files, w.opened(files))
}

// printed returns what the program printed, by lines.
func (w *witness) printed() (pieces []piece) {
	for name, lines := range map[string][]string{
		"output": append(strings.SplitAfter(w.program.output, "\n"), w.program.further.all()...),
		"notes":  w.program.notes.all(),
	} {
		for _, l := range lines {
			pieces = append(pieces, piece{name: name, bytes: []byte(l), record: true})
		}
	}
	return pieces
}

// metrics returns what operators are told, by lines.
func (w *witness) metrics() (pieces []piece) {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), "GET", w.program.ops+"/metrics", nil)
	if err != nil {
		w.t.Fatal(err)
	}
	b, err := answered(r)
	if err != nil {
		w.t.Fatal(err)
	}
	for line := range bytes.Lines(b) {
		pieces = append(pieces, piece{name: "metrics", bytes: bytes.TrimSpace(line), record: true})
	}
	return pieces
}

// answers returns what the program tells those who have a part in one of the
// rounds, on pages and in JSON.
func (w *witness) answers() (pieces []piece) {
	w.t.Helper()
	for _, id := range w.rounds[:1] {
		for _, who := range []domain.PersonID{surveyLead, surveyCoach, subjectOf(id), w.staff[0]} {
			paths := []string{"/today", "/rounds", "/history", "/outbox", "/key"}
			for _, page := range []string{"", "/answer", "/privacy", "/raters", "/close", "/result", "/comments"} {
				paths = append(paths, "/rounds/"+string(id)+page)
			}
			for _, path := range paths {
				for _, prefix := range []string{"", "/api/v1"} {
					b, err := w.ask(w.t.Context(), who, "GET", fmt.Sprintf("%s%s?after=%d", prefix, path, w.after), nil)
					if r := (refused{}); errors.As(err, &r) {
						b = []byte(r.body)
					} else if err != nil {
						w.t.Fatal(err)
					}
					pieces = append(pieces, piece{name: fmt.Sprintf("answer: %s %s%s", who, prefix, path), bytes: b})
				}
			}
		}
	}
	return pieces
}

// files returns the data folder and the key file. A file that is replaced
// meanwhile is not there.
func (w *witness) files() (pieces []piece) {
	w.t.Helper()
	root := w.storage.Data
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		p := piece{name: name}
		if name == dirBoxes || strings.HasPrefix(name, dirBoxes+"/") {
			info, err := e.Info()
			if err != nil {
				return err
			}
			changed := info.ModTime()
			p.record, p.modified = true, &changed
		}
		if !e.IsDir() {
			p.bytes, err = os.ReadFile(path)
		}
		pieces = append(pieces, p)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	b, err := os.ReadFile(w.storage.keyFile())
	if err != nil {
		w.t.Fatal(err)
	}
	return append(pieces, piece{name: "the key file", bytes: b})
}

// opened returns what files say to who opens them with the key: the facts of
// the log, each of their texts, which have keys of their own, and all rows of
// all tables.
func (w *witness) opened(files []piece) (pieces []piece) {
	w.t.Helper()
	dir := w.t.TempDir()
	s := storage{Data: filepath.Join(dir, "data"), KeyFile: filepath.Join(dir, "key")}
	for _, p := range files {
		path := filepath.Join(s.Data, p.name)
		if p.name == "the key file" {
			path = s.KeyFile
		}
		if p.bytes == nil {
			path = filepath.Join(path, "x") // a folder
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			w.t.Fatal(err)
		}
		if p.bytes == nil {
			continue
		}
		if err := os.WriteFile(path, p.bytes, 0o600); err != nil {
			w.t.Fatal(err)
		}
	}
	for _, f := range w.facts(s, false) {
		b, err := json.Marshal(f)
		if err != nil {
			w.t.Fatal(err)
		}
		pieces = append(pieces, piece{name: "fact: " + f.Type, bytes: b, record: true})
	}
	for _, f := range w.facts(s, true) {
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(f.Data, &fields); err != nil {
			w.t.Fatal(err)
		}
		for name, b := range fields {
			b = fmt.Appendf(b, " at %s", f.At.Format(time.RFC3339Nano))
			pieces = append(pieces, piece{name: "revealed: " + f.Type + " " + name, bytes: b, record: true})
		}
	}
	for _, p := range files {
		if bytes.HasPrefix(p.bytes, []byte("SQLite format 3\x00")) {
			pieces = append(pieces, w.rows(s, p.name)...)
		}
	}
	return pieces
}

// facts returns the facts of a log.
func (w *witness) facts(s storage, reveal bool) (facts []line) {
	w.t.Helper()
	var out bytes.Buffer
	verb := eventsVerb{JSON: true, Reveal: reveal, storage: s}
	if err := verb.Run(w.t.Context(), console{&out, io.Discard}); err != nil {
		w.t.Fatal(err)
	}
	for d := json.NewDecoder(&out); d.More(); {
		var l line
		if err := d.Decode(&l); err != nil {
			w.t.Fatal(err)
		}
		facts = append(facts, l)
	}
	return facts
}

// rows returns all rows of the tables of a database.
func (w *witness) rows(s storage, file string) (pieces []piece) {
	w.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+s.path(file))
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // of a copy
	for _, table := range w.query(db, `SELECT name FROM sqlite_schema WHERE type = 'table'`) {
		for _, row := range w.query(db, fmt.Sprintf(`SELECT * FROM %q`, table)) {
			pieces = append(pieces, piece{name: file + " row of " + table, bytes: []byte(row), record: true})
		}
	}
	return pieces
}

// query returns rows, their columns one after the other.
func (w *witness) query(db *sql.DB, statement string) (all []string) {
	w.t.Helper()
	rows, err := db.QueryContext(w.t.Context(), statement)
	if err != nil {
		w.t.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // read to its end
	columns, err := rows.Columns()
	if err != nil {
		w.t.Fatal(err)
	}
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			w.t.Fatal(err)
		}
		var texts []string
		for _, v := range values {
			text := fmt.Sprint(*v.(*any))
			if b, ok := (*v.(*any)).([]byte); ok {
				text = string(b)
			}
			texts = append(texts, text)
		}
		all = append(all, strings.Join(texts, "\n"))
	}
	if err := rows.Err(); err != nil {
		w.t.Fatal(err)
	}
	return all
}

// seesLeaks plants leaks, one by one, and fails when the adversary overlooks
// one.
func (a *adversary) seesLeaks(t *testing.T, after []piece) {
	v := a.voters[slices.IndexFunc(a.voters, func(v *known) bool { return v.forCoach })]
	n, at := v.Nullifier(), a.first.Add(a.last.Sub(a.first)/2)
	seconds := binary.BigEndian.AppendUint32(nil, uint32(at.Unix()))
	noise := func(size int) string { return strings.Repeat("x", size) }
	file := func(texts ...string) []piece {
		return []piece{{name: "some.file", bytes: []byte(strings.Join(texts, ""))}}
	}
	row := func(texts ...string) []piece {
		return []piece{{name: "views/read.db row of rounds", bytes: []byte(strings.Join(texts, "")), record: true}}
	}
	var boxes []piece
	for _, p := range after {
		if isBallots(p.name) {
			boxes = append(boxes, p)
		}
	}
	slices.SortFunc(boxes, func(x, y piece) int { return len(y.bytes) - len(x.bytes) })
	sorted := func(by func(x, y *known) int) (pieces []piece) {
		voters := slices.SortedFunc(slices.Values(a.voters), by)
		for _, p := range boxes {
			p.bytes = nil
			for _, v := range voters {
				if strings.Contains(p.name, v.manifest.ID().String()) {
					size := len(p.bytes) + len(ballot.Nullifier{}) + ballot.SealedSize
					p.bytes = append(p.bytes, v.beginning()...)
					p.bytes = append(p.bytes, make([]byte, size-len(p.bytes))...)
				}
			}
			pieces = append(pieces, p)
		}
		return pieces
	}
	later := a.last.Add(time.Hour)
	for _, leak := range []struct {
		name, want string // want is nothing when this tells nothing
		pieces     []piece
	}{
		{"a receipt in a file", "a receipt", file(noise(5000), string(n[:]))},
		{"a receipt as people copy it", "a receipt", file(n.String()[:16])},
		{"a receipt in capitals", "a receipt", file(strings.ToUpper(n.String()))},
		{"a receipt in base 64", "a receipt", file(base64.StdEncoding.EncodeToString(n[:]))},
		{"sealed answers", "sealed answers", file(string(v.sent[len(v.sent)-1]))},
		{"a credential", "a credential", file(base64.StdEncoding.EncodeToString(v.Signature))},
		{"answers", "answers", file(v.answer)},
		{"answers within JSON", "answers", file(fmt.Sprintf("%q", v.answer))},
		{"a comment", "a comment", file(v.comment)},

		{"a person near a receipt", "a person beside a receipt", file(string(n[:]), noise(near-1), string(v.person))},
		{"a person before a comment", "a person beside a comment", file(string(v.person), noise(near-1), v.comment)},
		{"a person far from a receipt", "", row(n.String(), noise(9*near))},
		{"a person in the row of a receipt", "a person beside a receipt", row(n.String(), noise(9*near), string(v.person))},
		{"another person in the row of a receipt", "a person beside a receipt", row(n.String(), noise(9*near), string(a.voters[0].person), "informal-000")},

		{"a time in text", "a time beside", row(n.String(), noise(near-100), at.Format(time.RFC3339))},
		{"an exact time in text", "a time beside", row(at.Format(time.RFC3339Nano), n.String())},
		{"a local time", "a time beside", row(at.In(domain.Zone).Format(time.DateTime), n.String())},
		{"seconds", "a time beside", row(fmt.Sprint(at.Unix()), " ", n.String())},
		{"milliseconds", "a time beside", row(fmt.Sprint(at.UnixMilli()), " ", n.String())},
		{"nanoseconds", "a time beside", row(fmt.Sprint(at.UnixNano()), " ", n.String())},
		{"an id with a time in it", "a time beside", row(ulid.MustNew(ulid.Timestamp(at), rng{}).String(), " ", n.String())},
		{"seconds in bytes", "a time beside", row(string(seconds), n.String())},
		{"milliseconds as SQLite keeps them", "a time beside", row(string(binary.BigEndian.AppendUint64(nil, uint64(at.UnixMilli()))[2:]), noise(8), n.String())},
		{"nanoseconds as JetStream keeps them", "a time beside", row(string(binary.LittleEndian.AppendUint64(nil, uint64(at.UnixNano()))), n.String())},
		{"a time in a box", "a time beside", []piece{{name: boxes[0].name, bytes: slices.Concat(boxes[0].bytes, seconds), record: true}}},
		{"the time of the release", "", row(later.Format(time.RFC3339Nano), n.String())},

		{"boxes as they are", "", boxes},
		{"boxes in the order of arrival", "an order", sorted(func(x, y *known) int { return x.arrived - y.arrived })},
		{"boxes in the opposite order", "an order", sorted(func(x, y *known) int { return y.arrived - x.arrived })},
		{"a longer ballot", "ballots of different sizes", []piece{{name: boxes[0].name, bytes: longer(a, boxes[0].bytes)}}},
		{"a file of a box that changed", "when it changed", []piece{{name: boxes[0].name, modified: &at}}},
	} {
		a.released = strings.HasPrefix(leak.pieces[0].name, dirViews)
		leaks := a.searches(leak.pieces)
		switch {
		case leak.want == "" && leaks != nil:
			t.Errorf("%s tells nothing, and gives %v", leak.name, leaks)
		case leak.want != "" && !slices.ContainsFunc(leaks, func(l seen) bool { return strings.HasPrefix(l.what, leak.want) }):
			t.Errorf("%s was overlooked: %v", leak.name, leaks)
		}
	}

	for _, trace := range []piece{
		{name: "notes", bytes: []byte("level=DEBUG msg=answered route=\"POST /ballots\" status=201")},
		{name: "metrics", bytes: []byte(`koersvast_requests_total{route="POST /ballots",status="201"} 1`)},
		{name: "metrics", bytes: []byte(`koersvast_process_network_receive_bytes_total 4.8e+03`)},
		{name: "signin.db", bytes: []byte("other bytes")},
		{name: "answer: lead /api/v1/rounds/round-00", bytes: []byte(`{"answered":7}`)},
	} {
		if traces(after, append(slices.Clone(after), trace)) == nil {
			t.Errorf("a trace was overlooked: %s: %s", trace.name, trace.bytes)
		}
	}
	if leaks := traces(after, after); leaks != nil {
		t.Errorf("nothing changed, and gives %v", leaks)
	}
}

// longer returns a box in which the first ballot is longer than others.
func longer(a *adversary, box []byte) []byte {
	hits := a.find(box)
	return slices.Insert(slices.Clone(box), hits[0].end, 'x')
}

// rng gives zeros, so that an id is nothing but its time.
type rng struct{}

func (rng) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

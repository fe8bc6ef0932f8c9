package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"koersvast/cmd/koersvast/internal/demo"
	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/expectation"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/eventstore"
)

// does has somebody do something, and waits until it can be read.
func (e *exhibit) does(who domain.PersonID, steps ...eventstore.Step) {
	e.t.Helper()
	act := domain.Act{ID: domain.ActID(newID()), Programme: demo.Lindeveer, By: who, At: time.Now()}
	pos, err := eventstore.ExecuteAll(e.t.Context(), e.app.store, act, steps...)
	if err == nil {
		err = e.app.views.Wait(e.t.Context(), pos)
	}
	if err != nil {
		e.t.Fatal(err)
	}
}

// publishes writes what dashboards read, and returns its file.
func (e *exhibit) publishes() string {
	e.t.Helper()
	if _, err := e.app.publish(e.t.Context(), domain.DayOf(time.Now())); err != nil {
		e.t.Fatal(err)
	}
	return filepath.Join(e.app.storage.published(), string(demo.Lindeveer)+".db")
}

// otherwise names the columns whose names in SQL are others than in JSON.
var otherwise = map[string]string{"check_id": "check", "rater_group": "group", "direction": "from", "scale_end": "end", "in_groups": "groups"}

// view reads a view of a file as the API answers it: without what is empty.
func view(t *testing.T, file, name string) []map[string]any {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+file+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // of a test
	rows, err := db.QueryContext(t.Context(), "SELECT * FROM "+name)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // of a test
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	all := []map[string]any{}
	for rows.Next() {
		cells, to := make([]any, len(columns)), make([]any, len(columns))
		for i := range cells {
			to[i] = &cells[i]
		}
		if err := rows.Scan(to...); err != nil {
			t.Fatal(err)
		}
		row := map[string]any{}
		for i, c := range columns {
			if key, ok := otherwise[c]; ok {
				c = key
			}
			if n, ok := cells[i].(int64); ok {
				cells[i] = float64(n)
			}
			row[c] = cells[i]
		}
		all = append(all, bare(row))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// bare leaves out what is empty, and the place of a row.
func bare(row map[string]any) map[string]any {
	delete(row, "place")
	for key, v := range row {
		if v == nil || v == "" {
			delete(row, key)
		}
	}
	return row
}

// listed reads a list of an answer likewise.
func listed(t *testing.T, answer map[string]json.RawMessage, key string) []map[string]any {
	t.Helper()
	all := []map[string]any{}
	raw := answer[key]
	if len(raw) > 0 && raw[0] == '{' {
		raw = slices.Concat([]byte("["), raw, []byte("]"))
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatalf("%s: %v in %s", key, err, raw)
	}
	for _, row := range all {
		bare(row)
	}
	return all
}

// sharesACheck has a promiser share the newest check of a promise with
// everybody, and returns which.
func (e *exhibit) sharesACheck() (shared string, others []string) {
	e.t.Helper()
	var list struct {
		Rounds []struct{ ID, Subject, Kind, Status, Shared string }
	}
	e.json("programmaleider", "/rounds", &list)
	for _, r := range list.Rounds {
		switch {
		case r.Kind != string(domain.Check) || r.Status != string(round.StatusReleased):
			others = append(others, r.ID)
		case shared == "":
			shared = r.ID
			if r.Shared != string(round.Everyone) {
				e.does(domain.PersonID(r.Subject), eventstore.Do(round.Share{ID: domain.RoundID(r.ID), With: round.Everyone}))
			}
		default:
			if r.Shared != string(round.Nobody) {
				e.does(domain.PersonID(r.Subject), eventstore.Do(round.Share{ID: domain.RoundID(r.ID), With: round.Nobody}))
			}
			others = append(others, r.ID)
		}
	}
	if shared == "" || len(others) == 0 {
		e.t.Fatal("the example has no checks to share and to keep")
	}
	return shared, others
}

// TestWhatIsPublishedIsTheSameEverywhere compares what dashboards read in a
// file, what programs with a token are answered, and what people take away.
func TestWhatIsPublishedIsTheSameEverywhere(t *testing.T) {
	t.Parallel()
	e := newExhibit(t)
	shared, _ := e.sharesACheck()
	file := e.publishes()
	secret, err := e.app.signin.IssueToken(t.Context(), signin.Token{
		Programme: demo.Lindeveer, Name: "kantine", Scopes: []string{string(access.AggregateRead)}, Expires: domain.DayOf(time.Now()),
	})
	if err != nil {
		t.Fatal(err)
	}
	status, body := e.asProgram(secret, "/released")
	var answer map[string]json.RawMessage
	if err := json.Unmarshal(body, &answer); err != nil || status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	for name, key := range map[string]string{
		"v1_programme": "programme", "v1_pillars": "pillars", "v1_promise_counts": "promises", "v1_keeping_rate": "keeping",
		"v1_checks": "checks", "v1_check_groups": "cells", "v1_coaching_reach": "coaching", "v1_pictures": "pictures", "v1_picture_figures": "figures",
	} {
		if diff := cmp.Diff(listed(t, answer, key), view(t, file, name)); diff != "" {
			t.Errorf("%s (-answer +file):\n%s", name, diff)
		}
	}
	if checks := view(t, file, "v1_checks"); len(checks) != 1 || checks[0]["round"] != shared {
		t.Errorf("checks %v, want that of %s alone", checks, shared)
	}

	// The check says what its own page says, and the keeping what the wall does.
	var res struct{ Report round.Report }
	e.json("mt-1", "/rounds/"+shared+"/result", &res)
	if s := res.Report.Score; s != nil {
		if got := view(t, file, "v1_checks")[0]; got["score"] != s.Value || got["low"] != s.Low || got["high"] != s.High {
			t.Errorf("got %v, want %v", got, *s)
		}
	}
	var sheet struct {
		Tallies []struct{ Active, Kept, Broken, Repaired, Withdrawn int }
	}
	e.json("mt-1", "/strategy", &sheet)
	want, got := 0, 0
	for _, n := range sheet.Tallies {
		want += n.Active + n.Kept + n.Broken + n.Repaired + n.Withdrawn
	}
	for _, row := range view(t, file, "v1_promise_counts") {
		got += int(row["promises"].(float64))
	}
	if want != got || got == 0 {
		t.Errorf("%d promises in the file, %d on the sheet", got, want)
	}

	// What people take away has every number too.
	_, table, _ := e.get("mt-1", "/released.csv?convention=en")
	taken := e.rows(table, ',')
	for _, row := range view(t, file, "v1_keeping_rate") {
		cells := []string{number(row["rate"]), number(row["low"]), number(row["high"])}
		if !slices.ContainsFunc(taken, func(r []string) bool { return slices.Equal(r[4:7], cells) }) {
			t.Errorf("%v is not in the table", row)
		}
	}
}

func number(v any) string { return strconv.FormatFloat(v.(float64), 'f', -1, 64) }

// asProgram asks with the token of a program.
func (e *exhibit) asProgram(token, path string) (status int, body []byte) {
	e.t.Helper()
	r, err := http.NewRequestWithContext(e.t.Context(), http.MethodGet, e.site.URL+"/api/v1"+path, nil)
	if err != nil {
		e.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		e.t.Fatal(err)
	}
	defer res.Body.Close() //nolint:errcheck // it was read
	var b bytes.Buffer
	if _, err := b.ReadFrom(res.Body); err != nil {
		e.t.Fatal(err)
	}
	return res.StatusCode, b.Bytes()
}

// TestNothingElseIsInThePublishedFile looks at the bytes: no name, no words of
// anybody, no round that was not shared with everybody, and no canary.
func TestNothingElseIsInThePublishedFile(t *testing.T) {
	t.Parallel()
	e := newExhibit(t)
	shared, others := e.sharesACheck()
	e.does("mt-1", eventstore.Do(promise.Make{
		ID: "kanarie-1", Terms: promise.Terms{Wording: "Ik zing kanarie elke week.", Situation: "In de kooi kanarie."},
		Details: promise.Details{To: []domain.Party{domain.Everyone}},
	}))
	e.does("noord-01", eventstore.Do(expectation.Express{ID: "kanarie-2", Of: domain.TheMT, Text: "Meer kanarie."}))
	file := e.publishes()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	bytesHave := func(s string) bool { return bytes.Contains(bytes.ToLower(b), []byte(strings.ToLower(s))) }
	if !bytesHave(shared) || !bytesHave("naar buiten") && !bytesHave("v1_pillars") {
		t.Error("what is released is not found, so nothing else would be")
	}
	var secrets []string
	secrets = append(secrets, "kanarie")
	secrets = append(secrets, others...)
	var people struct {
		People []struct{ ID, Name, Email string }
	}
	e.json("programmaleider", "/people", &people)
	for _, p := range people.People {
		secrets = append(secrets, p.Name, p.Email)
	}
	var wall struct{ FromMT, FromOthers side }
	e.json("mt-1", "/promises", &wall)
	for _, p := range slices.Concat(wall.FromMT.Promises, wall.FromOthers.Promises) {
		secrets = append(secrets, p.Wording)
	}
	var history struct {
		Lines []struct{ Text, Why, Quote *string }
	}
	e.json("mt-1", "/history", &history)
	for _, l := range history.Lines {
		for _, text := range []*string{l.Why} {
			if text != nil {
				secrets = append(secrets, *text)
			}
		}
	}
	looked := 0
	for _, s := range secrets {
		if len(s) < 4 {
			continue
		}
		looked++
		if bytesHave(s) {
			t.Errorf("the file holds %q", s)
		}
	}
	if looked < 100 {
		t.Errorf("only %d things were looked for", looked)
	}
	// Those who answered of themselves are in no cell, nor is anybody alone.
	for _, row := range view(t, file, "v1_check_groups") {
		if g := row["group"]; g != "all" && !slices.Contains([]string{"peers", "informal_leaders", "employees"}, fmt.Sprint(g)) {
			t.Errorf("group %v", g)
		}
	}
}

type side struct {
	Promises []struct{ ID, Wording string }
}

// UnmarshalJSON reads a side of the wall, whose texts may be null.
func (s *side) UnmarshalJSON(b []byte) error {
	var v struct {
		Promises []struct {
			ID      string
			Wording *string
		}
	}
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	for _, p := range v.Promises {
		if p.Wording != nil {
			s.Promises = append(s.Promises, struct{ ID, Wording string }{p.ID, *p.Wording})
		}
	}
	return nil
}

// TestThePublishedFileFollowsWhatIsReleased shares a check and takes that back:
// its numbers come into the file, and are gone from its bytes.
func TestThePublishedFileFollowsWhatIsReleased(t *testing.T) {
	t.Parallel()
	e := newExhibit(t)
	shared, _ := e.sharesACheck()
	file := e.publishes()
	before, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	e.does("noord-01", eventstore.Do(expectation.Express{ID: "nog-een", Of: domain.TheMT, Text: "Nog iets."}))
	if after, err := os.Stat(e.publishes()); err != nil || !os.SameFile(before, after) {
		t.Errorf("a fact that changes no number made another file, or %v", err)
	}
	var r struct{ Subject string }
	e.json("programmaleider", "/rounds/"+shared, &r)
	e.does(domain.PersonID(r.Subject), eventstore.Do(round.Share{ID: domain.RoundID(shared), With: round.Nobody}))
	b, err := os.ReadFile(e.publishes())
	if err != nil || bytes.Contains(b, []byte(shared)) {
		t.Errorf("what is shared no longer is in the file still, or %v", err)
	}
}

// TestAProgramReachesTheQuestionsOfItsScope asks everything there is to ask.
func TestAProgramReachesTheQuestionsOfItsScope(t *testing.T) {
	t.Parallel()
	e := newExhibit(t)
	secret, err := e.app.signin.IssueToken(t.Context(), signin.Token{
		Programme: demo.Lindeveer, Name: "kantine", Scopes: []string{string(access.AggregateRead)}, Expires: domain.DayOf(time.Now()),
	})
	if err != nil {
		t.Fatal(err)
	}
	var doc struct{ Paths map[string]map[string]any }
	e.json("mt-1", "/openapi.json", &doc)
	var reached []string
	for path, methods := range doc.Paths {
		if methods["get"] == nil || strings.Contains(path, "{") || strings.HasPrefix(path, "/ballots") {
			continue
		}
		switch status, body := e.asProgram(secret, path); status {
		case http.StatusOK:
			reached = append(reached, path)
		case http.StatusForbidden, http.StatusNotFound:
		default:
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	slices.Sort(reached)
	for _, path := range []string{"/promises/samen-naar-gemeente", "/people/mt-1", "/rounds/" + "x"} {
		if status, body := e.asProgram(secret, path); status != http.StatusForbidden && status != http.StatusNotFound {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	for _, path := range reached {
		if !slices.Contains([]string{"/released", "/strategy", "/strategy/mission", "/strategy/vision", "/picture", "/trend"}, path) {
			t.Errorf("a program reaches %s", path)
		}
	}
	if !slices.Contains(reached, "/released") || !slices.Contains(reached, "/strategy") {
		t.Errorf("reached %v", reached)
	}
}

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"koersvast/domain"
	"koersvast/domain/catalog"
	"koersvast/eventstore"
	"koersvast/eventstore/index"
	"koersvast/eventstore/keys"
	"koersvast/eventstore/schema"
)

// eventsVerb prints the log.
type eventsVerb struct {
	Programme domain.ProgrammeID `env:"-" group:"Which facts" placeholder:"ID" help:"Only those of one programme."`
	Kind      string             `env:"-" group:"Which facts" placeholder:"KIND" help:"Only those about one kind of thing, such as promise."`
	ID        string             `env:"-" name:"id" group:"Which facts" placeholder:"ID" help:"Only those about one thing."`
	Type      []string           `env:"-" group:"Which facts" placeholder:"NAME" help:"Only those of this name, such as promise.made. May be given more than once."`
	Person    domain.PersonID    `env:"-" group:"Which facts" placeholder:"ID" help:"Only those that this person brought about."`
	Since     domain.Day         `env:"-" group:"Which facts" placeholder:"DAY" help:"Only those recorded on this day (2026-11-21) or later."`
	After     domain.Position    `env:"-" group:"Which facts" placeholder:"POSITION" help:"Only those after this position."`

	Follow bool   `env:"-" short:"f" group:"How they are shown" help:"Go on when the end is reached, until interrupted."`
	JSON   bool   `env:"-" name:"json" group:"How they are shown" help:"A line of JSON for each."`
	Reveal bool   `env:"-" group:"How they are shown" help:"Show personal texts in the clear. Needs the key file."`
	Schema string `env:"-" group:"How they are shown" placeholder:"FOLDER" help:"Write into this folder what facts look like, and nothing else: asyncapi.json describes the feed for others, and <name>.json is the JSON Schema of each fact."`

	storage `group:"Where it is kept"`
	logging `group:"What it notes"`
}

func (eventsVerb) Help() string {
	return `Every fact that was ever recorded, in order: its position, when it was recorded,
the programme, its name, about what and by whom, and what it says. Personal
texts are sealed, and are shown only with --reveal.

One process at a time can open the log in a data folder. While koersvast serve
runs there, this verb reads the index that serve keeps of the log: the same
facts, at most a moment later.

  koersvast events --programme lindeveer --type promise.made --type promise.kept
  koersvast events --kind promise --id regiodag --reveal
  koersvast events --follow --json | jq .type
  koersvast events --schema ./schema`
}

// Validate is called by kong.
func (v eventsVerb) Validate() error {
	if v.Since != "" && !v.Since.Valid() {
		return fmt.Errorf("--since: %q is no day such as 2026-11-21", v.Since)
	}
	for _, name := range v.Type {
		if !slices.ContainsFunc(catalog.Events(), func(t domain.EventType) bool { return t.Name == name }) {
			return fmt.Errorf("--type: there is no fact named %q", name)
		}
	}
	return nil
}

func (v eventsVerb) Run(ctx context.Context, con console) (err error) {
	if v.Schema != "" {
		return writeSchema(v.Schema)
	}
	s, err := v.source(ctx, con)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	var texts *eventstore.Codec
	if v.Reveal {
		if texts, err = s.texts(); err != nil {
			return err
		}
	}
	for after := v.After; ; {
		grown := s.grown()
		for m, err := range s.messages(ctx, after) {
			if err == nil {
				err = v.print(con.out, m, texts)
			}
			switch {
			case ctx.Err() != nil:
				return nil
			case err != nil:
				return err
			}
			after = m.Position
		}
		if !v.Follow {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-grown:
		}
	}
}

// A source is where events come from: the log itself or, while another
// process has that open, the index that the other keeps of it.
type source struct {
	*app
	messages func(context.Context, domain.Position) iter.Seq2[eventstore.Message, error]
	grown    func() <-chan struct{}
}

// lookEvery is how often the index of another process is looked at.
const lookEvery = 250 * time.Millisecond

func (v eventsVerb) source(ctx context.Context, con console) (*source, error) {
	if err := v.exists(); err != nil {
		return nil, err
	}
	a := &app{storage: v.storage, logger: v.logger(con.err)}
	err := a.openLog(ctx)
	switch {
	case err == nil:
		return &source{a, a.log.Messages, a.log.Grown}, nil
	case !errors.Is(err, errInUse):
		return nil, errors.Join(err, a.Close())
	}
	x, err := index.OpenReader(ctx, v.path(fileIndex))
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	a.close = append(a.close, x.Close)
	again := func() <-chan struct{} {
		c := make(chan struct{})
		time.AfterFunc(lookEvery, func() { close(c) })
		return c
	}
	return &source{a, x.Messages, again}, nil
}

// texts returns what opens personal texts.
func (s *source) texts() (*eventstore.Codec, error) {
	if s.keys == nil {
		ks, err := keys.Open(s.storage.path(fileKeys), s.storage.keyFile())
		if err != nil {
			return nil, err
		}
		s.keys = ks
		s.close = append(s.close, ks.Close)
	}
	return eventstore.NewCodec(catalog.Events(), s.keys), nil
}

// A line is one fact as JSON.
type line struct {
	Position  domain.Position    `json:"position"`
	At        time.Time          `json:"at"`
	Programme domain.ProgrammeID `json:"programme"`
	Kind      string             `json:"kind"`
	ID        string             `json:"id"`
	By        domain.PersonID    `json:"by"`
	Act       domain.ActID       `json:"act"`
	Cause     domain.ActID       `json:"cause,omitempty"`
	Fact      string             `json:"fact"`
	Type      string             `json:"type"`
	Data      json.RawMessage    `json:"data"`
}

// print prints the facts of a message that were asked for.
func (v eventsVerb) print(out io.Writer, m eventstore.Message, texts *eventstore.Codec) error {
	s := m.Stream
	if v.Programme != "" && s.Programme != v.Programme || v.Kind != "" && s.Kind != v.Kind || v.ID != "" && s.ID != v.ID {
		return nil
	}
	env, err := m.Open()
	if err != nil {
		return err
	}
	if v.Person != "" && env.By != v.Person || v.Since != "" && env.Today() < v.Since {
		return nil
	}
	var opened domain.Record
	if texts != nil {
		if opened, err = texts.Decode(m); err != nil {
			return err
		}
	}
	for i, f := range env.Facts {
		if len(v.Type) > 0 && !slices.Contains(v.Type, f.Type) {
			continue
		}
		l := line{m.Position, env.At, s.Programme, s.Kind, s.ID, env.By, env.ID, env.Cause, f.ID, f.Type, f.Data}
		if texts != nil {
			if l.Data, err = revealed(f, opened.Events[i]); err != nil {
				return err
			}
		}
		if err := v.printLine(out, l); err != nil {
			return err
		}
	}
	return nil
}

func (v eventsVerb) printLine(out io.Writer, l line) error {
	if v.JSON {
		return json.NewEncoder(out).Encode(l)
	}
	_, err := fmt.Fprintf(out, "%7d  %s  %-12s %-30s %s/%s by %s  %s\n",
		l.Position, l.At.In(domain.Zone).Format("2006-01-02 15:04:05"), l.Programme, l.Type, l.Kind, l.ID, l.By, l.Data)
	return err
}

// revealed returns the data of a fact with its personal texts in the clear. A
// text that was erased is null.
func revealed(f eventstore.Fact, e domain.Event) (json.RawMessage, error) {
	var data map[string]any
	if err := json.Unmarshal(f.Data, &data); err != nil {
		return nil, err
	}
	v := reflect.ValueOf(e)
	for _, field := range reflect.VisibleFields(v.Type()) {
		p, ok := v.FieldByIndex(field.Index).Interface().(domain.Private)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if _, there := data[name]; !ok || !there {
			continue
		}
		data[name] = nil
		if text, ok := p.Reveal(); ok {
			data[name] = text
		}
	}
	return json.Marshal(data)
}

// writeSchema writes what facts look like into a folder.
func writeSchema(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	documents := map[string]any{"asyncapi": schema.AsyncAPI(catalog.Events())}
	for _, t := range catalog.Events() {
		documents[t.Name] = schema.Of(t)
	}
	for name, document := range documents {
		b, err := json.MarshalIndent(document, "", "  ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, name+".json"), append(b, '\n'), 0o644); err != nil {
			return err
		}
	}
	return nil
}

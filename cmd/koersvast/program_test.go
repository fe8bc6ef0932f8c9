package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
)

// A program is koersvast running in a process of its own.
type program struct {
	url, ops string
	output   string // until it was ready
	further  *notes // what it printed after that
	notes    *notes

	process *os.Process
	ended   chan error
}

var (
	announced = regexp.MustCompile(`Koersvast is at (\S+)`)
	operators = regexp.MustCompile(`/metrics at (\S+)`)
)

// startExample starts koersvast demo where the example has been told already.
func startExample(data string, flags ...string) (*program, error) {
	if err := layExample(data); err != nil {
		return nil, err
	}
	return startProgram(data, "demo", flags...)
}

// layExample makes a data folder with a copy of an example that was told
// before: telling it takes longer than all that most tests do with it.
func layExample(data string) error {
	told, err := toldExample()
	if err != nil {
		return err
	}
	key, err := os.ReadFile(told + ".key")
	if err != nil {
		return err
	}
	return errors.Join(os.CopyFS(data, os.DirFS(told)), os.WriteFile(data+".key", key, 0o600))
}

// toldExample returns a data folder in which the example was told once for all
// tests. Its parent is removed when they are done.
var toldExample = sync.OnceValues(func() (data string, err error) {
	if examples, err = os.MkdirTemp("", "koersvast-example"); err != nil {
		return "", err
	}
	data = filepath.Join(examples, "data")
	p, err := startProgram(data, "demo")
	if err != nil {
		return "", err
	}
	return data, p.end(syscall.SIGTERM)
})

var examples string // the folder of toldExample

// A launch is a way to start koersvast with its data in a folder.
type launch func(data string, flags ...string) (*program, error)

// starting returns startProgram of one verb.
func starting(verb string) launch {
	return func(data string, flags ...string) (*program, error) { return startProgram(data, verb, flags...) }
}

// startProgram starts koersvast with its data in a folder, on ports that are
// free, and returns once it can be asked.
func startProgram(data, verb string, flags ...string) (*program, error) {
	p, ready, err := launchProgram(data, verb, flags...)
	if err != nil {
		return nil, err
	}
	if !<-ready {
		return nil, errors.Join(fmt.Errorf("it did not start:\n%s%s", p.output, p.notes), <-p.ended)
	}
	return p, nil
}

// launchProgram is startProgram without waiting. It tells once whether the
// program can be asked, and before that p has no addresses.
func launchProgram(data, verb string, flags ...string) (p *program, ready <-chan bool, err error) {
	args := append([]string{verb, "--data", data, "--listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0"}, flags...)
	cmd := exec.Command("koersvast", args...)
	p = &program{further: new(notes), notes: new(notes), ended: make(chan error, 1)}
	cmd.Stderr = p.notes
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, nil, err
	}
	p.process = cmd.Process
	told := make(chan bool, 1)
	go func() {
		lines := bufio.NewReader(out)
		for p.ops == "" {
			line, err := lines.ReadString('\n')
			if err != nil {
				break
			}
			p.output += line
			if m := announced.FindStringSubmatch(line); m != nil {
				p.url = m[1]
			}
			if m := operators.FindStringSubmatch(line); m != nil {
				p.ops = m[1]
			}
		}
		told <- p.ops != ""
		_, _ = io.Copy(p.further, lines) // ends with the process
		p.ended <- cmd.Wait()
	}()
	return p, told, nil
}

// end sends a signal and waits until the process has ended.
func (p *program) end(s syscall.Signal) error {
	if err := p.process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return <-p.ended
}

// notes are what a process writes.
type notes struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (n *notes) Write(b []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.b.Write(b)
}

// all returns the lines of them.
func (n *notes) all() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return strings.SplitAfter(n.b.String(), "\n")
}

// String returns the end of them.
func (n *notes) String() string {
	lines := n.all()
	return strings.Join(lines[max(0, len(lines)-20):], "")
}

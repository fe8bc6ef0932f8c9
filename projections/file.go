package projections

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// The tables stand in read.<n>.db. Each filling has a number of its own, and
// never takes the name of a file that somebody may have open: SQLite finds
// the journal of a file by its name, and would mix up the two.
var fileName = regexp.MustCompile(`^read\.(\d+)\.db(.*)$`)

// unfinished ends the name of a file that is being filled.
const unfinished = ".new"

func filePath(dir string, n int) string { return filepath.Join(dir, fmt.Sprintf("read.%d.db", n)) }

// newestFile returns the number of the newest finished file in a folder, 0 if
// there is none. It makes the folder if need be, and removes what an earlier
// process left behind.
func newestFile(dir string) (newest int, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return 0, err
	}
	err = eachFile(dir, func(_ string, n int, rest string) error {
		if rest == "" {
			newest = max(newest, n)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return newest, eachFile(dir, func(path string, n int, _ string) error {
		if n == newest {
			return nil
		}
		return os.Remove(path)
	})
}

// removeOthers removes all finished files but one.
func removeOthers(keep string) error {
	return eachFile(filepath.Dir(keep), func(path string, _ int, rest string) error {
		if strings.HasPrefix(path, keep) || rest == unfinished {
			return nil
		}
		return os.Remove(path)
	})
}

func eachFile(dir string, do func(path string, n int, rest string) error) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		m := fileName.FindStringSubmatch(e.Name())
		if m == nil {
			continue
		}
		n, err := strconv.Atoi(m[1])
		if err != nil {
			continue
		}
		if err := do(filepath.Join(dir, e.Name()), n, m[2]); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// finish gives a file its final name once all of it is on disk, and returns
// when the name is too.
func finish(from, to string) error {
	if err := flush(from); err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return flush(filepath.Dir(to))
}

// flush returns when a file or folder is on disk.
func flush(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

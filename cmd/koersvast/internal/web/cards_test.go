package web

import (
	"fmt"
	"image/color"
	"regexp"
	"strconv"
	"testing"

	"github.com/boombuler/barcode/qr"
)

func TestASquareIsTheCodeWithWhiteAroundIt(t *testing.T) {
	const address = "https://koers.tij.example/in/ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	s, ok := squareOf(address)
	if !ok {
		t.Fatal("the address of an invitation has no code")
	}
	code, err := qr.Encode(address, qr.M, qr.Auto)
	if err != nil {
		t.Fatal(err)
	}
	want, got := map[string]bool{}, map[string]bool{}
	side := code.Bounds().Dx()
	for y := range side {
		for x := range side {
			if code.At(x, y) == color.Black {
				want[fmt.Sprint(x+quietZone, " ", y+quietZone)] = true
			}
		}
	}
	for _, run := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-\d+z`).FindAllStringSubmatch(s.Path, -1) {
		x, _ := strconv.Atoi(run[1])
		n, _ := strconv.Atoi(run[3])
		for i := range n {
			got[fmt.Sprint(x+i, " ", run[2])] = true
		}
	}
	if s.Size != side+8 || len(got) != len(want) {
		t.Errorf("%d squares of a side and %d black, want %d and %d", s.Size, len(got), side+8, len(want))
	}
	for at := range want {
		if !got[at] {
			t.Errorf("%s is white", at)
		}
	}
	if _, ok := squareOf(string(make([]byte, 5000))); ok {
		t.Error("what is too long has a code")
	}
}

// A peer in Go: which campaigns hold, each a compiled program of expr. Nothing is priced.
//
// usage: expr FOLDER NAME      FOLDER from `benchmarks --export FOLDER`
// prints: microseconds for one cart, of which the sums of categories and skus are a part.
package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"syscall"

	"EXPR"
	"EXPR/vm"
)

// Cart is what programs may read.
type Cart struct {
	Segment, Visits, Day, Subtotal int
	Coupons                        []int
	CategoryUnits, SKUUnits        map[int]int
}

type line struct{ sku, category, quantity, price int }
type campaign struct {
	kind, category, sku, segment, coupon, first, last, points, threshold, amount int
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func read(path string) (cart Cart, lines []line, campaigns []campaign) {
	file, err := os.Open(path)
	check(err)
	in := bufio.NewReader(file)
	next := func() (number int) {
		_, err := fmt.Fscan(in, &number)
		check(err)
		return
	}
	lines, campaigns = make([]line, next()), make([]campaign, next())
	next()
	cart.Segment, cart.Visits, cart.Day = next(), next(), next()
	cart.Coupons = []int{next(), next()}
	for place := range lines {
		lines[place] = line{next(), next(), next(), next()}
	}
	for place := range campaigns {
		campaigns[place] = campaign{
			next(), next(), next(), next(), next(), next(), next(), next(), next(), next()}
	}
	return
}

// condition is what a campaign asks, as text.
func condition(c campaign) string {
	switch c.kind {
	case 0:
		return fmt.Sprintf("CategoryUnits[%d] >= %d", c.category, c.threshold)
	case 1:
		return fmt.Sprintf("Subtotal >= %d", c.threshold)
	case 2:
		return fmt.Sprintf("Visits + 1 == %d", c.threshold)
	case 3:
		return fmt.Sprintf("Segment == %d && Day >= %d && Day <= %d", c.segment, c.first, c.last)
	case 4:
		return fmt.Sprintf("Segment == %d && CategoryUnits[%d] >= 3", c.segment, c.category)
	case 5:
		return fmt.Sprintf("%d in Coupons", c.coupon)
	}
	return fmt.Sprintf("SKUUnits[%d] >= %d", c.sku, c.threshold)
}

// seconds that this process has had.
func seconds() float64 {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

func main() {
	cart, lines, campaigns := read(os.Args[1] + "/" + os.Args[2] + ".txt")
	programs := make([]*vm.Program, len(campaigns))
	for place, campaign := range campaigns {
		program, err := expr.Compile(condition(campaign), expr.Env(Cart{}), expr.AsBool())
		check(err)
		programs[place] = program
	}
	machine := &vm.VM{}
	held := 0
	run := func() {
		cart.Subtotal, cart.CategoryUnits, cart.SKUUnits = 0, map[int]int{}, map[int]int{}
		for _, line := range lines {
			cart.Subtotal += line.quantity * line.price
			cart.CategoryUnits[line.category] += line.quantity
			cart.SKUUnits[line.sku] += line.quantity
		}
		var environment interface{} = cart
		held = 0
		for _, program := range programs {
			holds, err := machine.Run(program, environment)
			check(err)
			if holds.(bool) {
				held++
			}
		}
	}
	batch := func(count int) float64 {
		start := seconds()
		for ; count > 0; count-- {
			run()
		}
		return seconds() - start
	}
	count := 1
	for batch(count) < 0.1 {
		count *= 3
	}
	var times []float64
	for len(times) < 5 {
		times = append(times, batch(count)/float64(count))
	}
	sort.Float64s(times)
	fmt.Fprintln(os.Stderr, os.Args[2], "held", held)
	fmt.Printf("%.3f\n", times[2]*1e6)
}

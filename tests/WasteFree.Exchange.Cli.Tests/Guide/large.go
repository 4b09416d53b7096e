// Reads a comparison of 74 indicators, 89 regions and 3 periods with the limits that grpc-go has by itself.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"sort"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	wfx "example/exchangev1"
)

func main() {
	connection, err := grpc.Dial(os.Args[1], grpc.WithInsecure())
	if err != nil {
		log.Fatal(err)
	}
	defer connection.Close()
	ctx := context.Background()
	lists, metrics := wfx.NewCatalogServiceClient(connection), wfx.NewMetricServiceClient(connection)

	codes := map[string]bool{}
	for token := ""; ; {
		answer, err := lists.ListIndicators(ctx, &wfx.ListIndicatorsRequest{PageToken: token})
		if err != nil {
			log.Fatal(err)
		}
		for _, one := range answer.Indicators {
			codes[one.Code] = true
		}
		if token = answer.NextPageToken; token == "" {
			break
		}
	}
	var indicators, regions []string
	for code := range codes {
		indicators = append(indicators, code)
	}
	sort.Strings(indicators)
	for token := ""; ; {
		answer, err := lists.ListRegions(ctx, &wfx.ListRegionsRequest{PageToken: token})
		if err != nil {
			log.Fatal(err)
		}
		for _, one := range answer.Regions {
			regions = append(regions, one.Code)
		}
		if token = answer.NextPageToken; token == "" {
			break
		}
	}
	sort.Strings(regions)

	cells, total := 0, 0
	question := &wfx.CompareMetricsRequest{
		Indicators: indicators[:74], Regions: regions[:89], Periods: []string{"2022", "2023", "2024"},
		Growth: []wfx.GrowthBasis{1, 2}, IncludeMessages: true,
	}
	for {
		answer, err := metrics.CompareMetrics(ctx, question)
		if err != nil {
			log.Fatal(err)
		}
		total += proto.Size(answer)
		for _, table := range answer.Comparisons {
			cells += len(table.Cells)
		}
		if question.PageToken = answer.NextPageToken; question.PageToken == "" {
			break
		}
	}
	if total > 4<<20 {
		fmt.Println("cells", cells, "more than one message")
	} else {
		fmt.Println("cells", cells, total)
	}
}

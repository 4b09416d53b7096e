"""Reads a comparison of 74 indicators, 89 regions and 3 periods with the limits that grpcio has by itself."""
import sys

sys.path.insert(0, "gen")
import grpc
from wastefree.exchange.v1 import catalog_service_pb2 as catalog, catalog_service_pb2_grpc, comparison_pb2, metric_service_pb2_grpc

channel = grpc.insecure_channel(sys.argv[1])
lists = catalog_service_pb2_grpc.CatalogServiceStub(channel)
metrics = metric_service_pb2_grpc.MetricServiceStub(channel)


def pages(call, request):
    while True:
        answer = call(request, timeout=120)
        yield answer
        if not answer.next_page_token:
            return
        request.page_token = answer.next_page_token


indicators = sorted({one.code for page in pages(lists.ListIndicators, catalog.ListIndicatorsRequest()) for one in page.indicators})[:74]
regions = sorted(one.code for page in pages(lists.ListRegions, catalog.ListRegionsRequest()) for one in page.regions)[:89]
question = comparison_pb2.CompareMetricsRequest(
    indicators=indicators, regions=regions, periods=["2022", "2023", "2024"], growth=[1, 2], include_messages=True
)
cells, total = 0, 0
for page in pages(metrics.CompareMetrics, question):
    total += page.ByteSize()
    cells += sum(len(table.cells) for table in page.comparisons)
print("cells", cells, "more than one message" if total > 4 << 20 else total)

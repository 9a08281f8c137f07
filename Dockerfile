# An image with the executable and what it needs, for Deploy/openmmt.yaml:
#
#   docker build -t openmmt:0.1.0 .
FROM swift:6.3-bookworm AS build
WORKDIR /openmmt
COPY Scripts/install-dependencies Scripts/
RUN Scripts/install-dependencies build
COPY Package.swift ./
COPY Sources Sources
COPY Tests Tests
# Swift's own libraries go into the executable, so that the image needs none of them.
RUN swift build -c release --product openmmt --static-swift-stdlib

FROM debian:bookworm-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends \
    ca-certificates libcurl4 libnghttp2-14 libsnappy1v5 libssl3 libyaml-0-2 zlib1g \
  && rm -rf /var/lib/apt/lists/*
COPY --from=build /openmmt/.build/release/openmmt /usr/local/bin/
USER 65532:65532
ENTRYPOINT ["openmmt"]

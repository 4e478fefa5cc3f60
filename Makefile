# All commands of the project, each with its own set-up. `make help` lists them.
#
# Two groups of targets: commands, and the build-<LogicalId> targets that `sam build` calls for the functions of the templates.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

FUNCTION_MODULES := image-resizer gallery-updater stream-enricher identity api-orders
LIBRARY_MODULES := shared/support shared/photo-events shared/parcel-events shared/order-events jpeg-codec
PORT ?= 4566
STAGE ?= dev
MACHINE = $(if $(filter x86_64 amd64,$(shell uname -m)),x86_64,arm64)

comma := ,
empty :=
space := $(empty) $(empty)

# local/bin/jdk25 finds the JDK, for Maven and for Java; Maven's own toolchain selection finds the same one.
WITH_JDK = export JAVA_HOME=$$(local/bin/jdk25) &&
# Builds are short: the JIT's first tier halves the processor time of Maven and its plugins.
MAVEN = MAVEN_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC $${MAVEN_OPTS:-}" mvn --batch-mode --no-transfer-progress --threads 1C $(MAVEN_ARGS)
LOCAL = $(WITH_JDK) exec "$$JAVA_HOME/bin/java" -cp "local/target/classes:local/target/lib/*" dev.printshop.local.LocalCloud
SAM = SAM_CLI_TELEMETRY=0 .venv/sam/bin/sam
# The SAM CLI asks for confirmation before it executes a change set, except in continuous integration, which sets CI.
DEPLOY_ARGS = $(if $(CI),--no-confirm-changeset) $(if $(REGION),--region $(REGION)) $(SAM_ARGS)
# Where the commands for AWS and the local cloud go: STAGE=local is the local cloud, other stages are in your account.
# The SDK for Java doesn't know AWS_DEFAULT_REGION, which the AWS CLI reads.
IN_LOCAL_CLOUD = unset AWS_PROFILE AWS_SESSION_TOKEN; export AWS_ENDPOINT_URL=http://127.0.0.1:$(PORT) \
    AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1;
IN_ACCOUNT = export AWS_REGION="$(or $(REGION),$${AWS_REGION:-$${AWS_DEFAULT_REGION:-}})";
IN_STAGE = $(if $(filter local,$(STAGE)),$(IN_LOCAL_CLOUD),$(IN_ACCOUNT))
STAGE_PARAMETERS = Stage=$(STAGE) AccessLogs=true $(PARAMETERS)

export PORT

## -- The two commands ---------------------------------------------------------------------------------------------------

.PHONY: run
run: prerequisites .venv/sam/installed .venv/emulator/installed target/local-packaged ## Build, start the local cloud, deploy, play the stories in short
	@$(LOCAL) run

.PHONY: test
test: check unit-and-contract e2e ## Prove everything: check, unit, contract, e2e

## -- Parts of the proof -------------------------------------------------------------------------------------------------

.PHONY: check
check: prerequisites .venv/sam/installed ## Format, static analysis, and lint of the templates
	$(WITH_JDK) $(MAVEN) -q -Pcheck test-compile
	export SAM_CLI_TELEMETRY=0; printf '%s\n' template.yaml */template.yaml \
	    | xargs -P 2 -I {} .venv/sam/bin/sam validate --lint --config-file "$$PWD/samconfig.toml" --template {}
	.venv/sam/bin/cfn-lint template.yaml */template.yaml

.PHONY: unit
unit: prerequisites ## Unit tests with coverage (target/site/jacoco in each module)
	$(WITH_JDK) $(MAVEN) verify -Dtests.excluded="contract | component | end-to-end"

.PHONY: contract
contract: prerequisites .venv/sam/installed ## The templates against the code
	$(WITH_JDK) $(MAVEN) package -Djacoco.skip -Dunit.skip -Dtests.included=contract

# What unit and contract do, in one Maven run.
.PHONY: unit-and-contract
unit-and-contract: prerequisites .venv/sam/installed
	$(WITH_JDK) $(MAVEN) verify -Dtests.excluded="component | end-to-end"

.PHONY: e2e
e2e: prerequisites .venv/sam/installed .venv/emulator/installed ## Component and end-to-end tests, in a local cloud of their own
	$(WITH_JDK) $(MAVEN) package -Djacoco.skip -Dunit.skip -Dtests.included="component | end-to-end"

## -- The local cloud ----------------------------------------------------------------------------------------------------

.PHONY: stop
stop: prerequisites target/local-packaged ## Stop the local cloud
	@$(LOCAL) stop

.PHONY: story
story: prerequisites target/local-packaged ## Play a whole story in the running local cloud: make story STORY=photos|parcels
	@$(LOCAL) story $(or $(STORY),$(error Say which story: STORY=photos or STORY=parcels))

.PHONY: logs
logs: prerequisites target/local-packaged ## Follow the log of a function: make logs FUNCTION=ResizePhotoFunction
	@$(LOCAL) logs $(FUNCTION)

.PHONY: invoke
invoke: build ## Run a function in Docker: make invoke FUNCTION=ResizePhotoFunction EVENT=events/resize-photo.json
	@test -f "$(EVENT)" || { echo "Say with which event: EVENT=events/resize-photo.json; events/README.md lists them." >&2; exit 1; }
	@test -f .local/port-$(PORT)/environments/$(FUNCTION).json \
	    || { echo "There is no function '$(FUNCTION)' in a local cloud on port $(PORT): make run deploys those of template.yaml." >&2; exit 1; }
	@export SAM_CLI_TELEMETRY=0; $(LOCAL) invoke .venv/sam/bin/sam local invoke $(FUNCTION) --event $(EVENT) \
	    --parameter-overrides Architecture=$(MACHINE) --debug-port 5858 \
	    --container-env-vars .local/port-$(PORT)/environments/$(FUNCTION).json $(SAM_ARGS)

## -- Photos, parcels, customers and failures in the local cloud --------------------------------------------------------------------

USE = prerequisites target/local-packaged

.PHONY: upload
upload: $(USE) ## Upload a photo: make upload PHOTO=local/src/main/resources/photos/cat.jpg OWNER=anna [NAME=...]
	@$(LOCAL) upload "PHOTO=$(PHOTO)" "OWNER=$(OWNER)" "NAME=$(NAME)"

.PHONY: remove
remove: $(USE) ## Remove a photo: make remove OWNER=anna NAME=cat.jpg
	@$(LOCAL) remove "OWNER=$(OWNER)" "NAME=$(NAME)"

.PHONY: gallery
gallery: $(USE) ## Show the photos of an owner, with the keys of their variants: make gallery OWNER=anna
	@$(LOCAL) gallery "OWNER=$(OWNER)"

.PHONY: scan
scan: $(USE) ## Scan a parcel with the hub's key: make scan HUB=FRA PARCEL=... [KIND=RECEIVED] [TEMPERATURE=20]
	@$(LOCAL) scan "HUB=$(HUB)" "PARCEL=$(PARCEL)" "KIND=$(KIND)" "TEMPERATURE=$(TEMPERATURE)"

.PHONY: parcel
parcel: $(USE) ## Track a parcel: make parcel PARCEL=...
	@$(LOCAL) parcel "PARCEL=$(PARCEL)"

.PHONY: alerts
alerts: $(USE) ## Show support's inbox
	@$(LOCAL) alerts

.PHONY: figures
figures: $(USE) ## Show the figures of the hubs
	@$(LOCAL) figures

.PHONY: lake
lake: $(USE) ## Show what is in the data lake
	@$(LOCAL) lake

.PHONY: failures
failures: $(USE) ## Show what waits in the failure queues
	@$(LOCAL) failures

.PHONY: customer
customer: $(USE) ## Create a customer: make customer NAME=anna [GROUP=approvers|support]
	@$(LOCAL) customer "NAME=$(NAME)" "GROUP=$(GROUP)"

.PHONY: token
token: $(USE) ## Sign a customer in, and print the access token: make token NAME=anna
	@$(LOCAL) token "NAME=$(NAME)"

## -- Operations, on AWS or in the local cloud (STAGE=local) -------------------------------------------------------------

.PHONY: redrive
redrive: $(USE) ## Retry the messages of a failure queue: make redrive QUEUE=<url> [STAGE=dev]
	@$(IN_STAGE) $(LOCAL) redrive $(if $(QUEUE),"$(QUEUE)",$(error Say which queue: make redrive QUEUE=<url of a failure queue>))

.PHONY: scanner-key
scanner-key: $(USE) ## Create a key for the scanners of a hub: make scanner-key HUB=FRA [STAGE=dev]
	@$(IN_STAGE) $(LOCAL) scanner-key $(or $(HUB),$(error Say for which hub: make scanner-key HUB=FRA)) $(STAGE)

## -- Building and deploying ---------------------------------------------------------------------------------------------

.PHONY: build
build: prerequisites .venv/sam/installed ## Build all functions with sam build
	$(SAM) build

.PHONY: package-sizes
package-sizes: build ## Measure the packages again: their budgets are ten percent above these sizes
	python3 local/bin/package_sizes.py .aws-sam/build | tee config/package-sizes.csv

.PHONY: deploy
deploy: build ## Deploy to your AWS account: make deploy STAGE=dev|staging|prod [REGION=...] [PARAMETERS=...]
	$(SAM) deploy --config-file "$$PWD/samconfig.toml" --config-env account --template-file account/template.yaml $(DEPLOY_ARGS)
	releases=$$(local/bin/releases .aws-sam/build $(STAGE_PARAMETERS) $(RETRY)) \
	    && $(SAM) deploy --config-env $(if $(filter dev,$(STAGE)),default,$(STAGE)) $(DEPLOY_ARGS) \
	        --parameter-overrides $(STAGE_PARAMETERS) $$releases

.PHONY: destroy
destroy: .venv/sam/installed ## Delete a stage from your AWS account, and list what stays: make destroy STAGE=dev [REGION=...]
	@REGION=$(REGION) .venv/sam/bin/python local/bin/destroy.py $(STAGE)

## -- Development --------------------------------------------------------------------------------------------------------

.PHONY: format
format: prerequisites ## Format the Java code
	$(WITH_JDK) $(MAVEN) -q -Pcheck spotless:apply

.PHONY: fuzz-photos
fuzz-photos: prerequisites ## Render damaged photos: make fuzz-photos [SEED=1] [COUNT=...] [MINUTES=10]
	$(WITH_JDK) $(MAVEN) test -Djacoco.skip -pl image-resizer -am -Dtest=PhotoFuzzTest \
	    -Dsurefire.failIfNoSpecifiedTests=false -Dfuzz.seed=$(or $(SEED),1) -Dfuzz.count=$(or $(COUNT),1000000000) \
	    -Dfuzz.minutes=$(or $(MINUTES),10)

.PHONY: bench-images
bench-images: prerequisites ## Time the image resizer beside sharp (needs Node.js and npm)
	@command -v npm > /dev/null || { echo "npm is missing: the benchmark compares with sharp, install Node.js 20." >&2; exit 1; }
	@$(WITH_JDK) bench/images/run.sh

.PHONY: bench-stream
bench-stream: prerequisites .venv/sam/installed .venv/emulator/installed ## Measure what a scan costs: time, calls of DynamoDB, memory
	@$(WITH_JDK) bench/stream/run.sh

.PHONY: bench-start
bench-start: build ## Measure packages, starts and memory: make bench-start [RUNS=7] [FUNCTIONS="GetParcel|.*Scans"]
	@test "$$(uname -s)" = Linux || { echo "AWS's runtime interface client has a native part for Linux only." >&2; exit 1; }
	@$(WITH_JDK) bench/start/run.sh

.PHONY: clean
clean: ## Remove what was built; the virtual environments stay
	rm -rf .aws-sam target */target shared/*/target

.PHONY: help
help: ## List the commands
	@awk -F ':.*## ' '/^## -- / {gsub(/^## -- | -+$$/, ""); group = $$0} \
	    /^[a-z0-9-]+:.*## / {if (group != "") print "\n" group; group = ""; printf "  make %-14s %s\n", $$1, $$2}' Makefile

## -- Set-up -------------------------------------------------------------------------------------------------------------

.PHONY: prerequisites
prerequisites:
	@local/bin/jdk25 > /dev/null
	@command -v mvn > /dev/null || { echo "Maven is missing: install Maven 3.8 or newer." >&2; exit 1; }
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2> /dev/null \
	    || { echo "Python is missing or too old: install Python 3.10 or newer, with venv." >&2; exit 1; }

sam.name = SAM CLI
emulator.name = emulator of AWS

# Two virtual environments, because the SAM CLI and the emulator need different versions of the same packages.
.venv/%/installed: local/requirements-%.txt
	@echo "Installing the $($*.name) into .venv/$* (once, takes a minute or two)"
	@python3 -m venv --clear .venv/$*
	@.venv/$*/bin/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

## -- Called by sam build ------------------------------------------------------------------------------------------------

# The module of each function, and the libraries of the module's pom.xml that the function uses: its package has no others.
# Each of these targets fills ARTIFACTS_DIR, which sam build sets, with the function's package.
build-ResizePhotoFunction build-RemoveVariantsFunction: MODULE = image-resizer
build-UpdateGalleryFunction: MODULE = gallery-updater
build-CollectScansFunction build-GetParcelFunction: MODULE = stream-enricher
build-EnrichScansFunction build-RegisterParcelFunction: MODULE = stream-enricher
build-AlertSupportFunction build-FindSilentParcelsFunction: MODULE = stream-enricher
build-AggregateHubsFunction build-FormatScansFunction: MODULE = stream-enricher
build-AuthenticateUserFunction: MODULE = identity
build-PlaceOrderFunction build-GetOrderFunction build-ListOrdersFunction: MODULE = api-orders
build-ListProductsFunction build-GetHealthFunction: MODULE = api-orders
build-TrackPhotosFunction build-RelayOrderEventsFunction: MODULE = api-orders
build-StartFulfilmentFunction build-ReserveStockFunction build-ReleaseStockFunction: MODULE = api-orders
build-CompleteOrderFunction build-CloseOrderFunction build-ParkOrderFunction: MODULE = api-orders
build-SandboxProviderFunction: MODULE = api-orders
build-TakePaymentFunction build-RefundPaymentFunction: MODULE = api-orders
build-DispatchParcelFunction build-AwaitDeliveryFunction build-ContinueOrderFunction: MODULE = api-orders

build-ResizePhotoFunction: LIBRARIES = eventbridge imageio-jpeg imageio-tiff imgscalr-lib s3 webp-imageio
build-RemoveVariantsFunction: LIBRARIES = eventbridge s3
build-UpdateGalleryFunction: LIBRARIES = aws-lambda-java-events dynamodb eventbridge
build-CollectScansFunction: LIBRARIES = aws-lambda-java-events kinesis
build-GetParcelFunction: LIBRARIES = aws-lambda-java-events dynamodb
build-EnrichScansFunction: LIBRARIES = aws-lambda-java-events dynamodb eventbridge sqs ssm
build-RegisterParcelFunction: LIBRARIES = dynamodb eventbridge ssm
build-AlertSupportFunction: LIBRARIES = dynamodb sns
build-FindSilentParcelsFunction: LIBRARIES = dynamodb eventbridge kinesis ssm
build-AggregateHubsFunction: LIBRARIES = aws-lambda-java-events dynamodb
build-FormatScansFunction: LIBRARIES = aws-lambda-java-events
build-AuthenticateUserFunction: LIBRARIES = aws-lambda-java-events nimbus-jose-jwt
build-PlaceOrderFunction: LIBRARIES = aws-lambda-java-events dynamodb
build-GetOrderFunction: LIBRARIES = aws-lambda-java-events dynamodb
build-ListOrdersFunction: LIBRARIES = aws-lambda-java-events dynamodb
build-ListProductsFunction: LIBRARIES = aws-lambda-java-events
build-GetHealthFunction: LIBRARIES = aws-lambda-java-events dynamodb
build-TrackPhotosFunction: LIBRARIES = aws-lambda-java-events dynamodb
build-RelayOrderEventsFunction: LIBRARIES = aws-lambda-java-events eventbridge
build-StartFulfilmentFunction: LIBRARIES = aws-lambda-java-events dynamodb sfn
build-ReserveStockFunction: LIBRARIES = dynamodb
build-ReleaseStockFunction: LIBRARIES = dynamodb
build-CompleteOrderFunction: LIBRARIES = dynamodb
build-CloseOrderFunction: LIBRARIES = dynamodb
build-ParkOrderFunction: LIBRARIES = dynamodb
build-TakePaymentFunction: LIBRARIES = dynamodb resilience4j-bulkhead resilience4j-circuitbreaker secretsmanager
build-RefundPaymentFunction: LIBRARIES = dynamodb resilience4j-bulkhead resilience4j-circuitbreaker secretsmanager
build-SandboxProviderFunction: LIBRARIES = aws-lambda-java-events dynamodb secretsmanager
build-DispatchParcelFunction: LIBRARIES = dynamodb eventbridge
build-AwaitDeliveryFunction: LIBRARIES = dynamodb sfn
build-ContinueOrderFunction: LIBRARIES = dynamodb sfn

build-%: target/functions-packaged
	python3 local/bin/package.py $(MODULE) "$(ARTIFACTS_DIR)" $(LIBRARIES)

# The inputs of a build. They include folders, so that removing a file counts as a change, too.
sources = $(shell find $(addsuffix /src/main,$(1)) 2> /dev/null) $(addsuffix /pom.xml,$(1)) pom.xml

# One Maven build packages all functions: the first target runs it, the others are up to date. So is the next
# sam build, as long as no source is newer than the stamp.
target/functions-packaged: $(call sources,$(LIBRARY_MODULES) $(FUNCTION_MODULES))
	rm -rf $(addsuffix /target/lib,$(FUNCTION_MODULES))
	$(WITH_JDK) $(MAVEN) package -DskipTests --projects $(subst $(space),$(comma),$(FUNCTION_MODULES)) --also-make
	@mkdir -p target && touch $@

# The local cloud's program, with all functions, because its tests depend on them.
target/local-packaged: $(call sources,$(LIBRARY_MODULES) $(FUNCTION_MODULES) local)
	rm -rf $(addsuffix /target/lib,$(FUNCTION_MODULES) local)
	$(WITH_JDK) $(MAVEN) package -DskipTests --projects $(subst $(space),$(comma),$(FUNCTION_MODULES)),local --also-make
	@mkdir -p target && touch target/functions-packaged $@

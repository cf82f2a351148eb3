# No gateway at all: the generator talks to the mock. Gives the mock's ceiling and the latency the others add to.
ARM_ABOUT="generator straight to the mock"
ARM_ARGS=()

arm_install() { :; }

arm_version() {
  echo "–"
}

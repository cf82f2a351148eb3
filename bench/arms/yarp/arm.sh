# YARP's IHttpForwarder: what a plain .NET forwarder costs.
ARM_ABOUT="Yarp.ReverseProxy 2.1.0 IHttpForwarder, HttpTransformer.Empty"
ARM_ARGS=()
ARM_METRICS_PORT_OFFSET=0

arm_install() {
  dotnet build "$BENCH/arms/yarp/Weir.BenchArm.Yarp.csproj" -c Release -v q -nologo >&2
}

arm_version() {
  echo "Yarp.ReverseProxy 2.1.0"
}

arm_start() {
  exec "$BENCH/arms/yarp/bin/Release/net10.0/yarp-arm" "127.0.0.1:$1" "127.0.0.1:$2"
}

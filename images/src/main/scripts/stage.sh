#!/usr/bin/env bash
# Puts together what the images hold: stage.sh RUNTIME REPOSITORY TARGET. Times are those that Jib gives files, since the start-up cache is only
# taken by a JVM that finds its jars as they were when it was made.
set -euo pipefail
runtime=$1 repository=$2 target=$3
root=$target/root

rm -rf "$target"
mkdir -p "$repository/images/target/classes" "$root"/{app,etc,tmp,lib64,lib/x86_64-linux-gnu}

mv "$runtime" "$root/runtime"

# of the distribution: what the JVM and native libraries load, and names for the user
for library in libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libresolv.so.2 libnss_files.so.2 libnss_dns.so.2 libgcc_s.so.1; do
  cp -L "/lib/x86_64-linux-gnu/$library" "$root/lib/x86_64-linux-gnu/"
done
cp -L /lib64/ld-linux-x86-64.so.2 "$root/lib64/"
printf 'root:x:0:0:root:/:/none\nspe:x:65532:65532:spe:/tmp:/none\n' >"$root/etc/passwd"
printf 'root:x:0:\nspe:x:65532:\n' >"$root/etc/group"
printf 'hosts: files dns\n' >"$root/etc/nsswitch.conf"

for image in operator gateway; do
  module=$image
  [ "$image" = gateway ] && module=gateway-image
  mkdir -p "$target/$image/app" "$target/$image/usr/share/sbom"
  cp -r "$repository/$module/target/dist/lib" "$target/$image/app/"
  cp "$repository/$module/target/bom.json" "$target/$image/usr/share/sbom/$image.cdx.json"
done
find "$target" -exec touch -h -d @1 {} +

# where the training looks for the gateway
mkdir -p "$target/training/gateway-image/target"
ln -s "$target/gateway/app" "$target/training/gateway-image/target/dist"
cp "$repository/gateway-image/target/dist/image.json" "$target/gateway/app/"

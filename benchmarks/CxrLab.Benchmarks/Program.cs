using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CxrLab.Benchmarks;

// "ratio NAME": two ways compared in one run, where BenchmarkDotNet would run one after the other.
if (args is ["ratio", .. var names])
{
    foreach (string name in names.Length > 0 ? names : [.. Ratio.All.Keys]) Ratio.All[name]();
    return;
}

// In process: the benchmark's own build would otherwise copy libtorch once more for every job.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));

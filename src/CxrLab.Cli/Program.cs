using CxrLab;
Console.WriteLine(TorchRuntime.Guard);
var t=System.Diagnostics.Stopwatch.StartNew();
var f=ConvolutionSelfTest.Run(TorchRuntime.BestDevice());
Console.WriteLine($"{ConvolutionSelfTest.Shapes.Count} shapes, {f.Count} wrong, {t.Elapsed.TotalSeconds}s, {(f.Count>0?f[0]:null)}");

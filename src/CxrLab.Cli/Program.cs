Console.WriteLine(CxrLab.TorchRuntime.Guard);
Console.WriteLine(TorchSharp.torch.randn(2, 2).sum().item<float>());

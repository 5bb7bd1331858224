using System.CommandLine;
using System.Globalization;
using System.Text;
using CxrLab.Data;
using CxrLab.Explain;
using CxrLab.Imaging;
using CxrLab.Models;
using CxrLab.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrLab.Cli.Commands;

/// <summary><c>cxrlab explain</c>: heat maps of boxed images, held against the reader's boxes.</summary>
internal static class ExplainCommand
{
    private const int PictureSide = 512;
    private static readonly (byte, byte, byte) Reader = (46, 204, 113), Found = (255, 159, 28);

    internal static Command Create()
    {
        var run = new Argument<string>("run") { Description = "Run folder, or its best.safetensors." };
        var source = new DatasetArguments();
        var method = new Option<string>("--method") { Description = $"{string.Join(" or ", Cam.Methods)}.", DefaultValueFactory = _ => "grad-cam" };
        var target = new Option<string>("--out") { Description = "Folder for overlay PNGs and boxes.csv.", Required = true };
        var command = new Command("explain", "Overlay PNGs with the reader's box (green) and the heat map's box (orange); IoU and energy in box for each.") { run };
        source.AddTo(command);
        command.Options.Add(method);
        command.Options.Add(target);
        command.SetAction((parsed, cancellation) => Task.FromResult(CommandLine.Guarded(() =>
        {
            string name = parsed.GetRequiredValue(method);
            if (!Cam.Methods.Contains(name)) throw new UsageException($"--method {name}: there are {string.Join(", ", Cam.Methods)}.");
            (CxrModel model, RunConfig config) = RunFolder.LoadModel(parsed.GetRequiredValue(run));
            using (model) return Explain(model, config, source.Read(parsed, ImageRule.Required), name, parsed.GetRequiredValue(target), cancellation);
        })));
        return command;
    }

    private static int Explain(CxrModel model, RunConfig config, CxrIndex index, string method, string target, CancellationToken cancellation)
    {
        (CxrRecord Record, FindingBox Box)[] cases = [.. index.Records.SelectMany(record => record.Boxes.Where(box => config.LabelSet.Contains(box.Finding)).Select(box => (record, box)))];
        if (cases.Length == 0) throw new DataFormatException(index.Name, null, $"no image has a box for {config.LabelSet}; there is nothing to compare.");
        Directory.CreateDirectory(target);
        var table = new StringBuilder("image,patient,finding,method,x,y,width,height,iou,energy,box_area\n");
        var ious = new List<double>();
        var energies = new List<double>();
        var areas = new List<double>();
        foreach ((CxrRecord record, FindingBox truth) in cases)
        {
            cancellation.ThrowIfCancellationRequested();
            GrayImage original = record.ReadImage();
            Heatmap heat = Heat(model, config, original, method, truth.Finding).Resize(PictureSide, PictureSide);
            Box reader = truth.Box.Scale((double)PictureSide / record.BoxSpace.Width, (double)PictureSide / record.BoxSpace.Height);
            Box? found = heat.ToBoxes(BoxRule.FractionOfMax(0.5)) is [Box first, ..] ? first : null;
            double iou = found?.IoU(reader) ?? 0, energy = heat.EnergyIn(reader), area = reader.Area / (PictureSide * PictureSide);
            ious.Add(iou);
            energies.Add(energy);
            areas.Add(area);
            RgbImage picture = RgbImage.FromGray(original.Resize(PictureSide, PictureSide)).Blend(heat.ReluMinMax().Values).DrawBox(reader, Reader, 3);
            if (found is { } box) picture = picture.DrawBox(box, Found, 3);
            picture.WritePng(Path.Combine(target, $"{Path.GetFileNameWithoutExtension(record.ImageId)}_{truth.Finding}.png"));
            Box native = (found ?? default).Scale((double)record.BoxSpace.Width / PictureSide, (double)record.BoxSpace.Height / PictureSide);
            table.Append(CultureInfo.InvariantCulture, $"{record.ImageId},{record.PatientId},{truth.Finding},{method},{native.X:F1},{native.Y:F1},{native.Width:F1},{native.Height:F1},{iou:F4},{energy:F4},{area:F4}\n");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{record.ImageId}  {truth.Finding,-14}  IoU {iou:F2}  energy in box {energy:F2}  (the box covers {area:F2} of the image)"));
        }

        File.WriteAllText(Path.Combine(target, "boxes.csv"), table.ToString());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{cases.Length} boxes: mean IoU {ious.Average():F3}, mean energy in box {energies.Average():F3}, which evenly spread heat would have at {areas.Average():F3}"));
        return CommandLine.Done;
    }

    private static Heatmap Heat(CxrModel model, RunConfig config, GrayImage original, string method, string finding)
    {
        using DisposeScope scope = NewDisposeScope();
        using Tensor input = config.Normalization.ToInput(original.Resize(config.ImageSize, config.ImageSize), config.InputChannels);
        return Cam.Compute(method, model, input, finding);
    }
}

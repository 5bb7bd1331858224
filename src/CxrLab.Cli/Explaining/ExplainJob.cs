using System.Globalization;
using System.Text;
using CxrLab.Data;
using CxrLab.Explain;
using CxrLab.Imaging;
using CxrLab.Models;
using CxrLab.Plots;
using CxrLab.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrLab.Cli.Explaining;

/// <summary>One call of <c>cxrlab explain</c>: boxed images in, overlays, boxes and a localisation table out.</summary>
internal sealed class ExplainJob(CxrModel model, RunConfig config, Explanation method, BoxRule rule, int seed)
{
    private const int PictureSide = 512, GallerySize = 8, HeatSide = 64;
    private static readonly (byte, byte, byte) Reader = (46, 204, 113), Found = (255, 159, 28);
    private readonly StringBuilder boxes = new("image,patient,finding,method,x,y,width,height,iou\n");
    private readonly List<LocalisationCase> ours = [], meanBox = [], meanMap = [];
    private readonly List<(double IoU, GalleryItem Item)> worst = [];

    internal IReadOnlyList<LocalisationRow> Run(CxrIndex index, string target, Action<double> progress, CancellationToken cancellation)
    {
        CxrRecord[] boxed = [.. index.Records.Where(record => Findings(record).Any())];
        if (boxed.Length == 0) throw new DataFormatException(index.Name, null, $"no image has a box for {config.LabelSet}; there is nothing to compare.");
        var blind = new BlindPlace([.. boxed.SelectMany(record => record.Boxes.Select(box => (record.PatientId, box.Finding, InPicture(record, box.Box))))], PictureSide);
        Directory.CreateDirectory(target);
        for (int i = 0; i < boxed.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            GrayImage original = boxed[i].ReadImage();
            foreach (Heatmap heat in Heats(original, [.. Findings(boxed[i])])) Compare(boxed[i], original, heat, blind, target);
            progress((i + 1.0) / boxed.Length);
        }

        IReadOnlyList<LocalisationRow> rows = LocalisationTable.Compute([(method.Name, ours), ("blind mean box", meanBox), ("blind mean map", meanMap)], seed);
        File.WriteAllText(Path.Combine(target, "boxes.csv"), boxes.ToString());
        File.WriteAllText(Path.Combine(target, "localisation.csv"), string.Join('\n', LocalisationTable.Csv(rows)) + "\n");
        Plot.Gallery($"{method.Name}: the cases with the lowest IoU", [.. worst.OrderBy(one => one.IoU).Take(GallerySize).Select(one => one.Item)]).SaveHtml(Path.Combine(target, "worst.html"));
        return rows;
    }

    private void Compare(CxrRecord record, GrayImage original, Heatmap raw, BlindPlace blind, string target)
    {
        Heatmap heat = raw.Resize(PictureSide, PictureSide);
        Box[] truth = [.. record.Boxes.Where(box => box.Finding == heat.Finding).Select(box => InPicture(record, box.Box))];
        IReadOnlyList<Box> found = heat.ToBoxes(rule);
        LocalisationCase scored = LocalisationCase.Of(record.PatientId, heat, found, truth);
        ours.Add(scored);
        Box? mean = blind.MeanBox(record.PatientId, heat.Finding);
        meanBox.Add(LocalisationCase.Of(record.PatientId, blind.Inside(mean, heat.Finding), mean is { } box ? [box] : [], truth) with { Pointing = mean is { } guess && truth.Any(other => HoldsCentre(other, guess)) });
        Heatmap frequency = blind.Frequency(record.PatientId, heat.Finding);
        meanMap.Add(LocalisationCase.Of(record.PatientId, frequency, frequency.ToBoxes(rule), truth));

        string name = Path.GetFileNameWithoutExtension(record.ImageId);
        RgbImage picture = RgbImage.FromGray(original.Resize(PictureSide, PictureSide)).Blend(heat.ReluMinMax().Values);
        foreach (Box one in truth) picture = picture.DrawBox(one, Reader, 3);
        foreach (Box one in found)
        {
            picture = picture.DrawBox(one, Found, 3);
            Box native = one.Scale((double)record.BoxSpace.Width / PictureSide, (double)record.BoxSpace.Height / PictureSide);
            boxes.Append(CultureInfo.InvariantCulture, $"{record.ImageId},{record.PatientId},{heat.Finding},{method.Name},{native.X:F1},{native.Y:F1},{native.Width:F1},{native.Height:F1},{truth.Max(other => one.IoU(other)):F4}\n");
        }

        picture.WritePng(Path.Combine(target, $"{name}_{heat.Finding}.png"));
        string caption = string.Create(CultureInfo.InvariantCulture, $"{name} IoU {scored.IoUs.Average():F2}");
        worst.Add((scored.IoUs.Average(), new GalleryItem(caption, original.Resize(256, 256), Light(raw), [.. truth.Select(Half)], [.. found.Select(Half)])));
        if (worst.Count > 4 * GallerySize) worst.RemoveAll(one => one.IoU > worst.Select(other => other.IoU).Order().ElementAt(GallerySize)); // pictures are heavy
    }

    private IReadOnlyList<Heatmap> Heats(GrayImage original, string[] findings)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = config.Normalization.ToInput(original.Resize(config.ImageSize, config.ImageSize), config.InputChannels).unsqueeze(0);
        return method.Explain(model, input, Target.Each(1, findings));
    }

    private IEnumerable<string> Findings(CxrRecord record) => record.Boxes.Select(box => box.Finding).Where(config.LabelSet.Contains).Distinct();

    private static Box InPicture(CxrRecord record, Box box) => box.Scale((double)PictureSide / record.BoxSpace.Width, (double)PictureSide / record.BoxSpace.Height);

    private static Box Half(Box box) => box.Scale(0.5, 0.5);

    private static bool HoldsCentre(Box truth, Box guess) =>
        truth.Overlap(new Box(guess.X + (guess.Width / 2), guess.Y + (guess.Height / 2), 1e-6, 1e-6)) > 0;

    private static float[,] Light(Heatmap heat) => (heat.Width > HeatSide || heat.Height > HeatSide ? heat.Resize(HeatSide, HeatSide) : heat).ReluMinMax().Values;
}

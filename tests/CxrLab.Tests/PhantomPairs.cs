using CxrLab.Data;
using CxrLab.Phantom;

namespace CxrLab.Tests;

/// <summary>Phantom chests with their exact lung masks, in the layout of <see cref="MaskPairs"/>; two images per patient.</summary>
internal static class PhantomPairs
{
    internal static CxrIndex Write(string root, int patients, int seed = 3)
    {
        Directory.CreateDirectory(Path.Combine(root, "images"));
        Directory.CreateDirectory(Path.Combine(root, "masks"));
        var table = new List<string> { "image,patient,view" };
        for (int patient = 1; patient <= patients; patient++)
        {
            for (int visit = 0; visit < 2; visit++)
            {
                PhantomImage chest = ChestPhantom.Render(new PhantomCase(seed, patient, visit, 50, patient % 2 == 0 ? Sex.Female : Sex.Male, View.PA, []), 64);
                string name = chest.Case.ImageId;
                chest.Image.WritePng(Path.Combine(root, "images", name));
                bool[] lungs = [.. chest.LeftLung.Pixels.ToArray().Zip(chest.RightLung.Pixels.ToArray(), (left, right) => left || right)];
                new CxrLab.Imaging.GrayImage(64, 64, Array.ConvertAll(lungs, inside => inside ? 1f : 0f)).WritePng(Path.Combine(root, "masks", name));
                table.Add($"{name},{patient},PA");
            }
        }

        File.WriteAllLines(Path.Combine(root, "pairs.csv"), table);
        return MaskPairs.Read(root);
    }
}

namespace CxrLab.Phantom;

/// <summary>Named points of the anatomy and where they are cast.</summary>
internal static class Landmarks
{
    public static IReadOnlyDictionary<string, (double X, double Y)> Of(Chest chest, Field field)
    {
        var points = new Dictionary<string, (double X, double Y)>(StringComparer.Ordinal);
        void Add(string name, (float X, float Y, float Z) point)
        {
            (float h, float v) = field.Project(point.X, point.Y, point.Z);
            points[name] = field.ToShare(h, v);
        }

        Add("carina", Airways.Carina(chest));
        foreach (Lung lung in (Lung[])[chest.Right, chest.Left])
        {
            string side = lung.Side < 0 ? "right" : "left";
            Add($"{side} apex", lung.At(0, 0, 0.5f));
            Add($"{side} dome", (lung.Side * 0.46f * chest.Anatomy.HalfWidth, lung.DomeTop, 0));
            Add($"{side} costophrenic angle", (lung.Side * chest.HalfWidth(lung.AngleY), lung.AngleY, 0));
        }

        return points;
    }
}
